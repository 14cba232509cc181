"""The guard scripts of the course: their texts, which learners can read, and the rows that play them."""
