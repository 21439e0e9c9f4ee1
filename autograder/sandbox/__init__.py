"""Runs untrusted code: a trusted host side, a zygote, a runner, the lockdown, the wire format."""
