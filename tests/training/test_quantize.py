"""Weights in eight bits, where the tools to train are installed: a quarter of the size, and nearly the same answers."""

from pathlib import Path

import numpy as np
import onnxruntime
import pytest

onnx = pytest.importorskip("onnx")
from onnx import TensorProto, helper, numpy_helper  # noqa: E402
from training.quantize import quantize  # noqa: E402

ROWS, WIDTH, OUT = 300, 64, 96


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table, a matrix, and a matrix that is turned: Gather, MatMul, Gemm."""
    rng = np.random.default_rng(5)
    # Columns and rows of very different size, as trained weights have them.
    table = (rng.normal(size=(ROWS, WIDTH)) * rng.uniform(0.01, 3, (ROWS, 1))).astype(np.float32)
    matrix = (rng.normal(size=(WIDTH, OUT)) * rng.uniform(0.01, 3, (1, OUT))).astype(np.float32)
    turned = (rng.normal(size=(OUT, OUT)) * rng.uniform(0.01, 3, (OUT, 1))).astype(np.float32)
    turned[3] = 0
    bias = rng.normal(size=OUT).astype(np.float32)
    nodes = [
        helper.make_node("Gather", ["table", "ids"], ["found"]),
        helper.make_node("MatMul", ["found", "matrix"], ["wide"]),
        helper.make_node("Gemm", ["wide", "turned", "bias"], ["scores"], transB=1),
    ]
    built = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["N"])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["N", OUT])],
        [numpy_helper.from_array(v, n) for n, v in
         {"table": table, "matrix": matrix, "turned": turned, "bias": bias}.items()],
    )  # fmt: skip
    path = tmp_path_factory.mktemp("graph") / "whole.onnx"
    onnx.save(helper.make_model(built, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), str(path))
    return path


def scores(path: Path) -> np.ndarray:
    options = onnxruntime.SessionOptions()
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    found: np.ndarray = session.run(None, {"ids": np.arange(ROWS)})[0]
    return found


def test_answers_stay(graph: Path, tmp_path: Path) -> None:
    quantize(graph, tmp_path / "small.onnx")
    whole, small = scores(graph), scores(tmp_path / "small.onnx")
    error = np.abs(whole - small).mean(0)
    assert np.all(error <= 0.02 * np.abs(whole).mean(0) + 1e-3), "each output by its own measure"


def test_a_quarter_of_the_size(graph: Path, tmp_path: Path) -> None:
    quantize(graph, tmp_path / "small.onnx")
    assert (tmp_path / "small.onnx").stat().st_size < 0.3 * graph.stat().st_size
