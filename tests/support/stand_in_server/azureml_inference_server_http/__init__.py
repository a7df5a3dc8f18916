"""Stands in for Azure's inference server in tests: one worker, which a master has started."""
