workers     = 3
worker_type = "cx32"
