"""The digit net in PyTorch, written down from the description of model.pt in the README."""

import numpy
import torch
from torch import nn

import support

REFERENCE_GROUPS = (2, 2, 2, 2, 3, 3)


def norm_layer(norm, channels, groups):
    match norm:
        case "none":
            return nn.Identity()
        case "batch":
            return nn.BatchNorm2d(channels)
        case "layer":
            return nn.GroupNorm(1, channels)
        case "group":
            return nn.GroupNorm(groups, channels)
        case "instance":
            return nn.InstanceNorm2d(channels, affine=True)
    raise ValueError(norm)


def reference_network(norm, groups=REFERENCE_GROUPS):
    """A torch.nn.Sequential whose state_dict has the names and shapes of model.pt."""
    groups = iter(groups)

    def block(inputs, outputs, padding=0):
        return [nn.Conv2d(inputs, outputs, 3, padding=padding, bias=False), nn.ReLU(),
                norm_layer(norm, outputs, next(groups))]

    def mix(inputs, outputs):
        return nn.Conv2d(inputs, outputs, 1, bias=False)

    return nn.Sequential(*block(1, 8), *block(8, 12), mix(12, 8), nn.MaxPool2d(2),
                         *block(8, 12), *block(12, 16), mix(16, 12), nn.MaxPool2d(2),
                         *block(12, 15, padding=1), *block(15, 15, padding=1),
                         nn.AvgPool2d(4), mix(15, 10))


def parameter_count(network):
    return sum(parameter.numel() for parameter in network.parameters())


def network_input(pixels):
    """N x 1 x 28 x 28 as the network sees them, from the bytes of N images."""
    grey = numpy.frombuffer(pixels, numpy.uint8).reshape(-1, 1, 28, 28).astype(numpy.float32)
    return (torch.from_numpy(grey) / 255 - 0.1307) / 0.3081


def test_set():
    """(images, labels) of all 10,000 test digits."""
    _, pixels = support.read_idx(support.TEST_IMAGES)
    _, labels = support.read_idx(support.TEST_LABELS)
    return network_input(pixels), torch.tensor(list(labels))


def probabilities(network, images):
    """N x 10, in evaluation mode."""
    network.eval()
    with torch.no_grad():
        return torch.cat([network(part).flatten(1).softmax(1) for part in images.split(1000)])
