"""Documents as diplomats use them: Word, PDF, Akoma Ntoso, Markdown and plain text, in and out."""
