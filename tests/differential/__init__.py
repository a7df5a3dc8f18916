"""Scripts in many styles, run on stand-ins of the designer packages before and after each change."""
