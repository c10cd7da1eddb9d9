"""Floor 8: the record in other forms. Plain-text minutes, both ways; Atom and iCalendar, out."""
