"""Checkpoint: training and self-check for people who ship infrastructure."""

import os

# The matrices of a rubric are small. Further threads would cost more than they give, wait for each other in
# loops that keep a core busy, and make the last digits hang on the number of cores. The library that NumPy
# brings reads this once, when it is first imported; whoever runs the site may say otherwise.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
