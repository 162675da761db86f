"""Weights in whole numbers of eight bits, activations scaled token by token.

ONNX Runtime's own dynamic quantisation takes one scale for all numbers that a layer is given: a text's vector then depends on
the texts beside it. Here each token has its own (the per-token scheme of Yao et al. 2022, ZeroQuant, section 3.1), which is
also nearer to the original: outliers in a few tokens do not coarsen the others.

A few columns that are large in some tokens would still coarsen those; what they are larger by is moved from the activations
to the weights (Xiao et al. 2023, SmoothQuant, section 4, with alpha 1/2), in powers of two, which lose nothing.

Weights keep to -63..63: the products of two pairs then never exceed 16 bits, which CPUs without VNNI cut off, so that every
CPU comes to the same whole numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from valla.scan.encoders.extras import library

__all__ = ["SETTINGS", "quantise", "uneven"]

SETTINGS = "weights int8 in -63..63 by column, smoothed by 1/2; activations uint8 by token; embeddings int8 by row"
"""What the card says of it."""

Peaks = Mapping[str, NDArray[np.float32]]

_WEIGHT_PEAK = 63
_ROW_PEAK = 127
_MIDDLE = 128
_SMALLEST = 1e-10
_SMALLEST_PEAK = 1e-3
_LARGE_TABLE = 1_000_000
_CONTRIB = "com.microsoft"
_NORMALS = {"LayerNormalization", "RMSNormalization", "SimplifiedLayerNormalization"}


def uneven(model: Any) -> list[str]:
    """Return the names of the activations whose columns may differ much: what a normalised layer hands to weights.

    Args:
        model: an `onnx.ModelProto` in floats.
    """
    products = _products(model.graph)
    return [node.output[0] for node in model.graph.node if node.op_type in _NORMALS and node.output[0] in products]


def quantise(model: Any, peaks: Peaks) -> None:
    """Make the weights of a model small, in place.

    Args:
        model: an `onnx.ModelProto` in floats.
        peaks: the largest number in each column of the activations that `uneven` names, over some texts.
    """
    graph = model.graph
    work = _Work(_constants(graph), _products(graph), peaks)
    nodes = [new for node in graph.node for new in work.replaced(node)]
    del graph.node[:]
    graph.node.extend(nodes)
    used = {name for node in nodes for name in node.input}
    numpy_helper = library("onnx.numpy_helper")
    kept = [item for item in graph.initializer if item.name in used]
    made = [numpy_helper.from_array(array, name) for name, array in sorted(work.made.items())]
    del graph.initializer[:]
    graph.initializer.extend([*kept, *made])
    model.opset_import.append(library("onnx.helper").make_opsetid(_CONTRIB, 1))


def _constants(graph: Any) -> dict[str, Any]:
    return {item.name: item for item in graph.initializer}


def _products(graph: Any) -> Mapping[str, list[str]]:
    """The weights that each activation is multiplied with."""
    constants = _constants(graph)
    found: dict[str, list[str]] = defaultdict(list)
    for node in graph.node:
        if _is_product(node, constants):
            found[node.input[0]].append(node.input[1])
    return found


def _is_product(node: Any, constants: dict[str, Any]) -> bool:
    return node.op_type == "MatMul" and node.input[1] in constants and len(constants[node.input[1]].dims) == 2


@dataclass
class _Work:
    """The weights of the model, what each activation is multiplied with, and what is made of them."""

    constants: dict[str, Any]
    products: Mapping[str, list[str]]
    peaks: Peaks
    made: dict[str, NDArray[Any]] = field(default_factory=dict)
    scaled: set[str] = field(default_factory=set)

    def replaced(self, node: Any) -> Iterator[Any]:
        """What takes the place of a node."""
        if _is_product(node, self.constants):
            yield from self._product(node)
        elif node.op_type == "Gather" and self._is_large(node.input[0]):
            yield from self._lookup(node)
        else:
            yield node

    def _is_large(self, name: str) -> bool:
        dims = self.constants[name].dims if name in self.constants else ()
        return len(dims) == 2 and int(np.prod(dims)) > _LARGE_TABLE

    def _array(self, name: str) -> NDArray[np.float64]:
        return np.asarray(library("onnx.numpy_helper").to_array(self.constants[name]), np.float64)

    def _constant(self, name: str, value: Any, kind: type[np.generic]) -> str:
        self.made[name] = np.asarray(value, kind)
        return name

    def _evened(self, given: str) -> NDArray[np.float64] | None:
        """By how much each column of an activation is too large; None where it is not known."""
        if given not in self.peaks:
            return None
        rows = np.max([np.abs(self._array(name)).max(axis=1) for name in self.products[given]], axis=0)
        excess = np.maximum(self.peaks[given], _SMALLEST_PEAK) / np.maximum(rows, _SMALLEST_PEAK)
        halves = np.log2(excess.astype(np.float64)) / 2
        evening: NDArray[np.float64] = np.exp2(np.rint(halves - halves.mean()))
        return evening

    def _whole(self, name: str, array: NDArray[np.float64], axis: int, peak: int) -> tuple[str, str]:
        """The names of a matrix in whole numbers, and of the scale of each of its columns or rows."""
        scales = np.abs(array).max(axis=axis, keepdims=True) / peak
        scales[scales == 0] = 1
        kept = scales.squeeze(axis) if axis == 0 else scales
        whole = self._constant(f"{name}.whole", np.rint(array / scales), np.int8)
        return whole, self._constant(f"{name}.scale", kept, np.float32)

    def _product(self, node: Any) -> Iterator[Any]:
        make = library("onnx.helper").make_node
        given, weights = node.input
        (found,) = node.output
        excess = self._evened(given)
        array = self._array(weights) if excess is None else self._array(weights) * excess[:, None]
        whole, scale = self._whole(weights, array, 0, _WEIGHT_PEAK)
        if given not in self.scaled:
            self.scaled.add(given)
            yield from self._by_token(given, len(array), excess)
        inputs = [f"{given}.q", whole, self._constant("q.one", 1, np.float32), scale, "q.middle"]
        yield make("MatMulIntegerToFloat", inputs, [f"{found}.q"], domain=_CONTRIB)
        yield make("Mul", [f"{found}.q", f"{given}.scale"], [found])

    def _by_token(self, given: str, width: int, excess: NDArray[np.float64] | None) -> Iterator[Any]:
        """Whole numbers from 1 to 255 in the place of a token's, 128 for nought, and the token's scale."""
        make = library("onnx.helper").make_node
        last = self._constant("q.last", [-1], np.int64)
        even = given if excess is None else f"{given}.even"
        if excess is not None:
            yield make("Mul", [given, self._constant(f"{given}.evening", 1 / excess, np.float32)], [even])
        yield make("Abs", [even], [f"{given}.abs"])
        yield make("ReduceMax", [f"{given}.abs", last], [f"{given}.peak"], keepdims=1)
        yield make("Mul", [f"{given}.peak", self._constant("q.part", 1 / _ROW_PEAK, np.float32)], [f"{given}.part"])
        yield make("Max", [f"{given}.part", self._constant("q.least", _SMALLEST, np.float32)], [f"{given}.scale"])
        # the operator takes a scale for each row of a matrix alone, with a nought for each
        yield make("Reshape", [even, self._constant(f"q.flat{width}", [-1, width], np.int64)], [f"{given}.rows"])
        yield make("Reshape", [f"{given}.scale", last], [f"{given}.scales"])
        yield make("Shape", [f"{given}.scales"], [f"{given}.count"])
        self._constant("q.middle", _MIDDLE, np.uint8)
        yield make("Expand", ["q.middle", f"{given}.count"], [f"{given}.middles"])
        yield make(
            "QuantizeLinear", [f"{given}.{part}" for part in ("rows", "scales", "middles")], [f"{given}.whole"], axis=0
        )
        yield make("Shape", [given], [f"{given}.shape"])
        yield make("Reshape", [f"{given}.whole", f"{given}.shape"], [f"{given}.q"])

    def _lookup(self, node: Any) -> Iterator[Any]:
        helper = library("onnx.helper")
        table, numbers = node.input
        (found,) = node.output
        whole, scale = self._whole(table, self._array(table), 1, _ROW_PEAK)
        yield helper.make_node("Gather", [whole, numbers], [f"{found}.whole"])
        yield helper.make_node("Gather", [scale, numbers], [f"{found}.scale"])
        yield helper.make_node("Cast", [f"{found}.whole"], [f"{found}.float"], to=library("onnx").TensorProto.FLOAT)
        yield helper.make_node("Mul", [f"{found}.float", f"{found}.scale"], [found])
