"""Attempts judged anew after rubric or grader changed: given, taken back, told to their learners."""
