"""``python -m generator`` is ``scoregen``."""

import sys

from generator.cli import main

sys.exit(main())
