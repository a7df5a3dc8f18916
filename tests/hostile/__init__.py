"""Files made to hang or to kill, given to whole processes."""
