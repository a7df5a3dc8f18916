r"""What nimbusml's learners keep: a model of ML.NET, which is a ZIP archive of binary parts.

A part begins with 256 bytes, which tell what it is, where its numbers begin and how many bytes they have::

    00  "ML\0MODEL" ...   10  start, size of the numbers   40  signature, such as "PCA\0ANOM"
    48  the version that wrote it, and the oldest that reads it   50  the class that reads it, such as "pcaAnomExec"

Learned with nimbusml 1.8.0, the only release that the designer's packages take; ML.NET's ``ModelHeader.cs`` agrees.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from generator.model.error import ModelError
from generator.translations.language import say

PREDICTOR = "Predictor/Model.key"
NORMALIZER = "/Mapper/Normalizer_000/Model.key"
_MAGIC = b"ML\0MODEL"
_LARGEST = 100_000_000
_MOST_PARTS = 100


class Numbers:
    """The numbers of a part, read one after the other; all must be read. What fails raises ModelError."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.position = 0

    def take(self, kinds: str) -> tuple[float, ...]:
        """Return the next numbers, whose kinds are those of ``struct``."""
        try:
            found = struct.unpack_from(f"<{kinds}", self.content, self.position)
        except struct.error:
            raise ModelError(say("its ML.NET model is damaged: a part is too short")) from None
        self.position += struct.calcsize(f"<{kinds}")
        return found

    def expect(self, kinds: str, *numbers: float) -> None:
        """Read numbers that are the same in every model that is known."""
        found = self.take(kinds)
        if found != numbers:
            message = say(
                "its ML.NET model has {found} where only {numbers} is known", found=list(found), numbers=list(numbers)
            )
            raise ModelError(message)

    def count(self) -> int:
        """Return the next number, which says how many others follow somewhere."""
        (found,) = self.take("I")
        if found > len(self.content) // 4:
            raise ModelError(say("its ML.NET model is damaged: it says more numbers than it has"))
        return int(found)

    def end(self) -> None:
        """Make sure that nothing is left."""
        if self.position != len(self.content):
            raise ModelError(say("its ML.NET model has more numbers than are known"))


def parts_of(content: bytes) -> dict[str, bytes]:
    """Return the parts of a model by their names. Each has a checksum, by which a changed one is known.

    Raises ModelError.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _LARGEST:
                raise ModelError(say("its ML.NET model is larger than any that is known"))
            return {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError, OSError) as error:
        raise ModelError(say("its ML.NET model is damaged: {error}", error=error)) from error


def numbers_of(part: bytes, signature: bytes) -> Numbers:
    """Return the numbers of a part that must begin with a signature and its versions. Raises ModelError."""
    if len(part) < 256 or not part.startswith(_MAGIC) or not part[0x40:].startswith(signature):
        message = say(
            "its ML.NET model is not known: {part!r} where {signature!r} belongs",
            part=part[64:104],
            signature=signature,
        )
        raise ModelError(message)
    start, size = struct.unpack_from("<QQ", part, 0x10)
    if start != 256 or start + size > len(part):
        raise ModelError(say("its ML.NET model is damaged: a part is too short"))
    return Numbers(part[start : start + size])
