"""Of the benchmarks only what computes: what measures is no test."""
