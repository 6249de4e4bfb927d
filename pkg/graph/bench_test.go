package graph_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/graph"
)

// large is a workspace of 200 systems, whose flows are spread at random.
func large(flows, entities int) audit.Workspace {
	r := rand.New(rand.NewPCG(1, 2))
	w := audit.Workspace{Assumptions: audit.DefaultAssumptions()}
	for i := range 200 {
		w.Systems = append(w.Systems, audit.System{ID: fmt.Sprintf("s%d", i), Kind: audit.Other})
	}
	for i := range entities {
		w.Entities = append(w.Entities, audit.Entity{ID: fmt.Sprintf("e%d", i), Record: fmt.Sprintf("s%d", r.IntN(200))})
	}
	for i := range flows {
		from := r.IntN(200)
		w.Flows = append(w.Flows, audit.Flow{
			ID: fmt.Sprintf("f%d", i), How: audit.Manual, Entity: fmt.Sprintf("e%d", r.IntN(entities)),
			From: fmt.Sprintf("s%d", from), To: fmt.Sprintf("s%d", (from+1+r.IntN(199))%200),
			Efforts: []audit.Effort{{HoursPerWeek: audit.One(1, audit.Number, audit.Estimated)}},
		})
	}
	return w
}

// 10,000 flows of 300 entities must stay under 300 ms; of one entity, nearly
// every step lies on a ring, which is the worst case.
func BenchmarkNew(b *testing.B) {
	for _, entities := range []int{300, 1} {
		w := large(10_000, entities)
		b.Run(fmt.Sprintf("entities=%d", entities), func(b *testing.B) {
			for b.Loop() {
				if len(graph.New(w).Nodes) != 200 {
					b.Fatal("systems are missing")
				}
			}
		})
	}
}
