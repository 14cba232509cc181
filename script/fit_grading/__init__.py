"""Fits the small models of grading to marked answers, and measures how good they are.

    python -m script.fit_grading --data FOLDER --vectors FOLDER

Needs what requirements.txt beside this file lists, and the sentence model. Nothing of the data goes into
the weights but numbers.
"""
