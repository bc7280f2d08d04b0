"""Weights in eight bits: a quarter of the size, computed in full precision.

Each column of a matrix (each row of a table of embeddings) is scaled by its largest weight (Krishnamoorthi 2018,
"Quantizing deep convolutional networks for efficient inference", per-channel and symmetric). What runs through the
network stays in single precision: rounding that as well was a third faster, and gave another answer to one question in
twenty (training/RESULTS.md). It also makes answers the same on processors with other instructions for bytes.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper

# Smaller tables are not worth it.
_LEAST = 4096
_MOST = 127


def quantize(whole: Path, to: Path) -> None:
    """Write a graph with its matrices and tables in int8, each before a node that restores it."""
    model = onnx.load(str(whole))
    graph = model.graph
    tables = {name for node in graph.node if node.op_type == "Gather" for name in node.input[:1]}
    turned = {node.input[1] for node in graph.node if node.op_type == "Gemm" and _turned(node)}
    restored = []
    for weights in list(graph.initializer):
        values = numpy_helper.to_array(weights)
        if values.dtype != np.float32 or values.ndim != 2 or values.size < _LEAST:
            continue
        name = weights.name
        axis = 0 if name in tables or name in turned else 1
        scale = np.maximum(np.abs(values).max(1 - axis), np.finfo(np.float32).tiny) / _MOST
        rounded = np.round(values / np.expand_dims(scale, 1 - axis)).astype(np.int8)
        weights.CopyFrom(numpy_helper.from_array(rounded, f"{name} int8"))
        graph.initializer.append(numpy_helper.from_array(scale.astype(np.float32), f"{name} scale"))
        restored.append(
            helper.make_node(
                "DequantizeLinear", [f"{name} int8", f"{name} scale"], [name], name=f"{name} restored", axis=axis
            )
        )
    for index, node in enumerate(restored):
        graph.node.insert(index, node)
    onnx.save(model, str(to))


def _turned(node: onnx.NodeProto) -> bool:
    return any(attribute.name == "transB" and attribute.i for attribute in node.attribute)
