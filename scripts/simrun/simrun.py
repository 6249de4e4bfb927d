"""The model of simrun with numpy: thirty flows, one vector of trials for each number.

usage: simrun.py TRIALS TIMES
"""

import sys

import numpy as np

trials, times = int(sys.argv[1]), int(sys.argv[2])
WEEKS, MONTHS, RATE, TARGET = 46, 36, 1.08 ** (1 / 12) - 1, 8
ANNUITY = (1 - (1 + RATE) ** -MONTHS) / RATE
AHEAD = 120  # months in which a payback is looked for


def pert(rng, low, likely, high):
    width = high - low
    shape = (likely - low) / width
    return low + width * rng.beta(1 + 4 * shape, 5 - 4 * shape, trials)


def estimated(rng, value):
    return pert(rng, value * 0.8, value, value * 1.3)


def counted(rng, value):
    return pert(rng, value * 0.9, value, value * 1.1)


for seed in range(times):
    rng = np.random.default_rng(seed)
    hourly = pert(rng, 20, 22, 25)
    automation = pert(rng, 0.6, 0.85, 0.95)
    reduction = pert(rng, 0.5, 0.7, 0.9)
    for flow in range(1, 31):
        tenths = flow / 10
        hours = pert(rng, 6 * tenths, 8 * tenths, 12 * tenths) * WEEKS
        errors = estimated(rng, 800) * 12 * counted(rng, 0.02)
        each = counted(rng, 20) / 60 * hourly + counted(rng, 15)
        benefit = hours * automation * hourly + errors * each * reduction
        build = pert(rng, 3000, 4500, 8000)
        running = estimated(rng, 45) + build * 0.15 / 12
        net = benefit / 12 - running
        with np.errstate(divide="ignore"):
            payback = np.where(net > 0, build / net, np.inf)
        payback = np.where(payback <= AHEAD, payback, np.inf)
        npv = net * ANNUITY - build
        figures = (
            np.percentile(payback, [10, 50, 90], method="lower"),
            np.percentile(npv, [10, 50, 90]),
            npv.mean(),
            npv.std(),
            (payback <= TARGET).mean(),
            (npv < 0).mean(),
            np.isinf(payback).mean(),
        )
print(f"{figures[0][1]:.3f}")
