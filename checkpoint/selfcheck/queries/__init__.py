"""Reads of drafts, attempts and standings; each states how many queries it costs.

`standings` and `attempts` are one learner's, `crowd` is how a cohort stands, `many` lists everybody's
answers, and `judged` reads the columns that all of them share.
"""
