"""The version of onrecord that is installed."""

from importlib.metadata import version

VERSION = version("onrecord")
