"""The transforms of a client beside those of the library that the training pipeline has them from, pixel by pixel."""

from __future__ import annotations

import subprocess
from pathlib import Path

from generator.config.parse import parse_config
from generator.rendering.client import render_client

from .runtimes import KIT, Models

CONFIG = {
    "module": "Score Image Model",
    "client": {"transforms": [{"resize": 256}, {"center_crop": 224}, {"pad": 1}]},
}


def test_pixel_by_pixel(models: Models, tmp_path: Path) -> None:
    python = models("score_image_model").runtime.python
    script = parse_config(CONFIG).scripts[0]
    (tmp_path / "consume.py").write_text(render_client(script.settings, "", script.transforms))
    command = [str(python), str(KIT / "compare_transforms.py"), str(tmp_path / "consume.py"), str(tmp_path / "a.png")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1:] == ["200 alike"], done.stdout + done.stderr
