"""The project's benchmarks: tables, no assertions."""
