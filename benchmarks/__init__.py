"""Data generator and measured operations: `python3 -m benchmarks small`."""
