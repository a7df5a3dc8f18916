"""The net of an image model becomes a graph in ONNX, which onnxruntime runs without PyTorch.

The names of the weights are torchvision's; ``facts/image_nets.yaml`` says which layers a net has, and the weights how
wide they are. A weight that is missing, or left over, means that the net is another one: it is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, checker, helper, numpy_helper

from generator.convert.parts import NotConvertibleError, has_shape
from generator.facts.image_nets import ImageNet, image_nets
from generator.model.checkpoint import Tensor
from generator.model.model_spec import ModelSpec
from generator.translations.language import say

_OPERATORS = 17
_FORM = 8
"""The versions of ONNX's operators and of its form: old enough for any onnxruntime of today."""
_NORMALIZED = 1e-5
"""What PyTorch adds to a variance before it divides by its root."""


class _Graph:
    """The nodes of a graph, each named by what it gives, and the weights that no node has taken.

    ``channels`` is how many channels what a node gives has: what a node is given must have as many as its weights.
    """

    def __init__(self, weights: Mapping[str, Tensor]) -> None:
        self.left = dict(weights)
        self.nodes: list[onnx.NodeProto] = []
        self.kept: list[onnx.TensorProto] = []
        self.channels = {"pictures": 3}

    def add(self, operator: str, inputs: Sequence[str], channels: int = 0, name: str = "", **attributes: Any) -> str:
        """Add a node, and return the name of what it gives, which has as many channels as its input if not others."""
        given = name or f"{operator.lower()}{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [given], name=given, **attributes))
        self.channels[given] = channels or self.channels[inputs[0]]
        return given

    def weight(self, name: str, *shape: int | None) -> tuple[int, ...]:
        """Keep a weight in the graph, and return its shape; None is any length. Raises NotConvertibleError."""
        found = self.left.pop(name, None)
        if found is None:
            raise NotConvertibleError(say("its net has no {name}", name=name))
        if not has_shape(found.shape, shape):
            wanted = ", ".join("any" if length is None else str(length) for length in shape)
            message = say(
                "its net has {name} of {found}, not {wanted}", name=name, found=list(found.shape), wanted=f"[{wanted}]"
            )
            raise NotConvertibleError(message)
        array = np.frombuffer(found.cells, "<f4").reshape(found.shape)
        self.kept.append(numpy_helper.from_array(array, name))
        return found.shape

    def convolution(self, x: str, name: str, size: int = 1, stride: int = 1, groups: int = 1) -> str:
        """Add a convolution of squares of that size, which leaves as much room at the edges as they need."""
        weight, (width, rest) = f"{name}.weight", divmod(self.channels[x], groups)
        (channels, *_) = self.weight(weight, None, width, size, size)
        if rest or channels % groups:
            raise NotConvertibleError(
                say("its net has {weight}, whose channels do not form {groups} groups", weight=weight, groups=groups)
            )
        room = [size // 2] * 4
        inputs = [x, weight]
        return self.add(
            "Conv", inputs, channels, group=groups, kernel_shape=[size] * 2, strides=[stride] * 2, pads=room
        )

    def normalized(self, x: str, name: str) -> str:
        """Add a batch normalization."""
        parts = [f"{name}.{part}" for part in ("weight", "bias", "running_mean", "running_var")]
        for part in parts:
            self.weight(part, self.channels[x])
        return self.add("BatchNormalization", [x, *parts], epsilon=_NORMALIZED)

    def rectified(self, x: str) -> str:
        """Add a rectifier: what is below 0 becomes 0."""
        return self.add("Relu", [x])

    def joined(self, parts: Sequence[str]) -> str:
        """Add what puts the channels of several nodes side by side."""
        return self.add("Concat", parts, sum(self.channels[part] for part in parts), axis=1)

    def sum(self, x: str, y: str) -> str:
        """Add the sum of what two nodes give. Raises NotConvertibleError."""
        if self.channels[x] != self.channels[y]:
            raise NotConvertibleError(
                say("its net adds {some} channels to {others}", some=self.channels[x], others=self.channels[y])
            )
        return self.add("Add", [x, y])

    def linear(self, x: str, name: str) -> str:
        """Add a linear layer."""
        (width, _) = self.weight(f"{name}.weight", None, self.channels[x])
        self.weight(f"{name}.bias", width)
        return self.add("Gemm", [x, f"{name}.weight", f"{name}.bias"], width, transB=1)


def image_net(spec: ModelSpec, weights: Mapping[str, Tensor], classes: int) -> bytes:
    """Return the ONNX file of an image model's net.

    It takes ``pictures``, 32-bit numbers by picture, color, row and column, and gives ``scores`` and
    ``probabilities``, by picture and class. Raises NotConvertibleError.
    """
    net = image_nets().get(spec.net)
    if net is None or net.family != spec.family:
        raise NotConvertibleError(
            say("its net {net!r} is not known: {known} are", net=spec.net[:100], known=", ".join(image_nets()))
        )
    graph = _Graph(weights)
    scores = (_resnet if net.block else _densenet)(graph, net)
    if spec.is_wrapped:
        scores = graph.linear(scores, "out_linear_model")
    graph.add("Identity", [scores], name="scores")
    graph.add("Softmax", ["scores"], name="probabilities", axis=1)
    if graph.left:
        raise NotConvertibleError(say("its net has {name}, which is not known", name=min(graph.left)[:100]))
    if graph.channels[scores] != classes:
        raise NotConvertibleError(
            say("its net has {classes} classes, and {labels} labels", classes=graph.channels[scores], labels=classes)
        )
    return _file(graph, classes)


def _file(graph: _Graph, classes: int) -> bytes:
    pictures = helper.make_tensor_value_info("pictures", TensorProto.FLOAT, ["count", 3, "height", "width"])
    given = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["count", classes])
        for name in ("scores", "probabilities")
    ]
    made = helper.make_model(
        helper.make_graph(graph.nodes, "image_net", [pictures], given, graph.kept),
        opset_imports=[helper.make_opsetid("", _OPERATORS)],
        ir_version=_FORM,
        producer_name="scoregen",
    )
    checker.check_model(made)
    content: bytes = made.SerializeToString(deterministic=True)
    return content


def _begun(graph: _Graph, convolution: str, norm: str) -> str:
    """Add what both families begin with: a convolution of every second pixel, and the largest of each 3 by 3."""
    x = graph.rectified(graph.normalized(graph.convolution("pictures", convolution, 7, stride=2), norm))
    return graph.add("MaxPool", [x], kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])


def _ended(graph: _Graph, x: str, name: str) -> str:
    """Add what both families end with: the mean of each channel, and a linear layer."""
    return graph.linear(graph.add("Flatten", [graph.add("GlobalAveragePool", [x])], axis=1), name)


def _resnet(graph: _Graph, net: ImageNet) -> str:
    """Add the blocks of a ResNet: each adds what it is given to what it makes of it."""
    x = _begun(graph, "model.conv1", "model.bn1")
    for number, blocks in enumerate(net.layers, start=1):
        for block in range(blocks):
            x = _block(graph, x, f"model.layer{number}.{block}", net, stride=2 if number > 1 and not block else 1)
    return _ended(graph, x, "model.fc")


def _block(graph: _Graph, x: str, path: str, net: ImageNet, stride: int) -> str:
    sizes = [(3, stride), (3, 1)] if net.block == "basic" else [(1, 1), (3, stride), (1, 1)]
    made = x
    for place, (size, step) in enumerate(sizes, start=1):
        groups = net.groups if size == 3 else 1
        made = graph.normalized(graph.convolution(made, f"{path}.conv{place}", size, step, groups), f"{path}.bn{place}")
        if place < len(sizes):
            made = graph.rectified(made)
    if f"{path}.downsample.0.weight" in graph.left:
        x = graph.normalized(graph.convolution(x, f"{path}.downsample.0", 1, stride), f"{path}.downsample.1")
    return graph.rectified(graph.sum(made, x))


def _densenet(graph: _Graph, net: ImageNet) -> str:
    """Add the layers of a DenseNet: each is given what all before it in its block have made."""
    x = _begun(graph, "model.features.conv0", "model.features.norm0")
    for number, layers in enumerate(net.layers, start=1):
        made = [x]
        for layer in range(1, layers + 1):
            path = f"model.features.denseblock{number}.denselayer{layer}"
            narrow = graph.rectified(graph.normalized(graph.joined(made), f"{path}.norm1"))
            wide = graph.rectified(graph.normalized(graph.convolution(narrow, f"{path}.conv1"), f"{path}.norm2"))
            made.append(graph.convolution(wide, f"{path}.conv2", 3))
        x = graph.joined(made)
        if number < len(net.layers):
            path = f"model.features.transition{number}"
            x = graph.convolution(graph.rectified(graph.normalized(x, f"{path}.norm")), f"{path}.conv")
            x = graph.add("AveragePool", [x], kernel_shape=[2, 2], strides=[2, 2])
    return _ended(graph, graph.rectified(graph.normalized(x, "model.features.norm5")), "model.classifier")
