"""Measurements that print ratios against reference engines in one run; never part of the tests.

`make bench` runs them all; docs/benchmarks.md keeps the figures and says how to repeat them.
"""
