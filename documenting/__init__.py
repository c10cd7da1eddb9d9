"""What is made of the code for people: the reference (`python -m documenting`) and the guides' pictures.

It is no part of the program: nothing in `src` knows of it.
"""
