"""The jobs of the worker, to be looked after."""
