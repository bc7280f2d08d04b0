"""Where the network is trained and run: on a graphics card where there is one."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager

import torch
from torch import Tensor

DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")

# Half precision pays only where the processor multiplies it in hardware; elsewhere it is slower than whole.
_PAYS = torch.cuda.is_available() or torch.cpu._is_amx_tile_supported() or torch.cpu._is_avx512_bf16_supported()


def quicker(wanted: bool) -> AbstractContextManager[None]:
    """Multiplies matrices in bfloat16 within it, if wanted and where that is quicker."""
    return torch.autocast(DEVICE.type, torch.bfloat16, enabled=wanted and _PAYS)  # type: ignore[return-value]


def there(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The tensors where the network is."""
    return {name: tensor.to(DEVICE, non_blocking=True) for name, tensor in tensors.items()}
