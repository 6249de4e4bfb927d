// Command plangen writes plan problems of any size, the same for the same seed,
// in the form of pkg/roi/portfolio/testdata/plans: flows with operations and a
// value, platforms with tiers whose price doubles where the capacity grows
// fourfold, and a budget that pays for some of it.
//
// usage: plangen -flows N -platforms N -seed N > FILE
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
)

// plan is the file's form: tiers are [price, capacity], eligible ways are
// [flow, platform, build cost].
type plan struct {
	Flows      int          `json:"F"`
	Platforms  int          `json:"P"`
	Budget     int64        `json:"B"`
	Operations []int64      `json:"ops"`
	Value      []int64      `json:"val"`
	Tiers      [][][2]int64 `json:"tiers"`
	Eligible   [][3]int64   `json:"elig"`
}

func main() {
	flows := flag.Int("flows", 2000, "number of flows")
	platforms := flag.Int("platforms", 12, "number of platforms")
	seed := flag.Uint64("seed", 1, "what to draw from")
	flag.Parse()
	if *flows < 1 || *platforms < 1 || flag.NArg() > 0 {
		fmt.Fprintln(os.Stderr, "plangen: want -flows and -platforms of at least 1, and no arguments")
		os.Exit(2)
	}
	if err := json.NewEncoder(os.Stdout).Encode(generate(*flows, *platforms, *seed)); err != nil {
		fmt.Fprintln(os.Stderr, "plangen:", err)
		os.Exit(1)
	}
}

// generate draws a plan problem. Tiers and budget grow with the flows, so that
// at every size a few platforms are worth paying and about a third of the flows
// can be built.
func generate(flows, platforms int, seed uint64) plan {
	r := rand.New(rand.NewPCG(seed, uint64(flows)))
	around := func(median, spread float64) int64 {
		return int64(math.Round(median * math.Exp(spread*r.NormFloat64())))
	}
	p := plan{Flows: flows, Platforms: platforms}
	size := float64(flows) / 200
	for range platforms {
		price := (1300 + 2000*r.Float64()) * size
		capacity := []float64{1667, 3333, 8333}[r.IntN(3)] * size
		var tiers [][2]int64
		for range 4 {
			tiers = append(tiers, [2]int64{int64(price), int64(capacity)})
			price, capacity = price*2.1, capacity*4.2
		}
		p.Tiers = append(p.Tiers, tiers)
	}
	total := int64(0)
	for f := range flows {
		p.Operations = append(p.Operations, 1+around(350, 1))
		p.Value = append(p.Value, 1+around(1000, .9))
		total += p.Value[f]
		build := float64(around(1000, .7))
		for q := range platforms {
			if r.Float64() < .75 {
				p.Eligible = append(p.Eligible, [3]int64{int64(f), int64(q), 1 + int64(build*(.5+r.Float64()))})
			}
		}
	}
	p.Budget = total / 6
	return p
}
