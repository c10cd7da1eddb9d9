"""The catalogues of the pages' words: found in the sources, kept in `detente/locale`, compiled for what shows them.

    python -m translating              find the messages, bring every catalogue up to date, compile it
    python -m translating ur           the messages that have no Urdu yet, as JSON

A catalogue is gettext's: edit `locale/ur/LC_MESSAGES/detente.po` with any editor made for it, then run the first line.
"""
