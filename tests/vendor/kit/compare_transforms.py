"""Does chains of transforms, at random, by a client and by torchvision: says of how many pictures all pixels are alike.

compare_transforms.py CLIENT SCRATCH_PICTURE
"""

import base64
import io
import random
import runpy
import sys

from PIL import Image
from torchvision import transforms

MADE = {"resize": transforms.Resize, "center_crop": transforms.CenterCrop, "pad": transforms.Pad}
client, scratch = sys.argv[1:]
encode = runpy.run_path(client, run_name="consume")["encode"]
chance = random.Random(7)
alike = 0
for _ in range(200):
    width, height = chance.randint(1, 300), chance.randint(1, 300)
    picture = Image.frombytes("RGB", (width, height), bytes(chance.getrandbits(8) for _ in range(3 * width * height)))
    picture.save(scratch)
    chain = [(name, chance.randint(1, 300 if name != "pad" else 9)) for name in chance.choices(list(MADE), k=3)]
    encode.__globals__["TRANSFORMS"] = chain
    encoded, _ = encode(scratch)
    expected = transforms.Compose([MADE[name](pixels) for name, pixels in chain])(picture)
    found = Image.open(io.BytesIO(base64.b64decode(encoded)))
    if (found.size, found.tobytes()) == (expected.size, expected.tobytes()):
        alike += 1
    else:
        print(picture.size, chain, found.size, expected.size)
print(f"{alike} alike")
