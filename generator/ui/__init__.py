"""The page in the browser: a script's settings as a form, beside the script that they give."""
