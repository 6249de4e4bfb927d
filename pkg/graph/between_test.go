package graph_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/flowmap-dev/flowmap/pkg/graph"
)

// The marriages of the Florentine families of the fifteenth century are the
// graph on which centralities are taught. Graph and figures are those of
// networkx (networkx/algorithms/centrality/tests/test_betweenness_centrality.py
// at cfc6b79), normalised by (n−1)(n−2)/2, which gives three decimals; those
// here were computed again to six.
func TestBetweennessOfTheFlorentineFamilies(t *testing.T) {
	var lines []string
	for _, marriage := range strings.Fields(`Acciaiuoli-Medici Castellani-Peruzzi Castellani-Strozzi Castellani-Barbadori Medici-Barbadori
		Medici-Ridolfi Medici-Tornabuoni Medici-Albizzi Medici-Salviati Salviati-Pazzi Peruzzi-Strozzi Peruzzi-Bischeri Strozzi-Ridolfi
		Strozzi-Bischeri Ridolfi-Tornabuoni Tornabuoni-Guadagni Albizzi-Ginori Albizzi-Guadagni Bischeri-Guadagni Guadagni-Lamberteschi`) {
		lines = append(lines, strings.Replace(marriage, "-", ">", 1)+" dowry")
	}
	want := map[string]float64{
		"Acciaiuoli": 0, "Albizzi": .212454, "Barbadori": .093407, "Bischeri": .104396, "Castellani": .054945,
		"Ginori": 0, "Guadagni": .254579, "Lamberteschi": 0, "Medici": .521978, "Pazzi": 0,
		"Peruzzi": .021978, "Ridolfi": .113553, "Salviati": .142857, "Strozzi": .102564, "Tornabuoni": .091575,
	}
	m := graph.New(landscape(lines...))
	if len(m.Nodes) != len(want) {
		t.Fatalf("%d families, want %d", len(m.Nodes), len(want))
	}
	for i, got := range m.Betweenness() {
		if family := m.Nodes[i].System.ID; math.Abs(got-want[family]) > 1e-6 {
			t.Errorf("%s: %.6f, want %.6f", family, got, want[family])
		}
	}
}

func TestBetweennessOfAStarAndOfAPair(t *testing.T) {
	if got := graph.New(landscape("a>hub x", "b>hub x", "hub>c x")).Betweenness(); got[1] != 1 || got[0] != 0 {
		t.Errorf("%v, want all through the hub", got)
	}
	if got := graph.New(landscape("a>b x")).Betweenness(); got[0] != 0 || got[1] != 0 {
		t.Errorf("%v, want none: there are no others", got)
	}
}

// On a small landscape every shortest way can be walked.
func TestBetweennessAgainstEveryWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := graph.New(drawLandscape(t))
		for i, got := range m.Betweenness() {
			if want := everyWay(m, m.Nodes[i].System.ID); math.Abs(got-want) > 1e-9 {
				t.Fatalf("%s: %v, want %v", m.Nodes[i].System.ID, got, want)
			}
		}
	})
}

// everyWay is the share of shortest ways through a system, by walking all.
func everyWay(m graph.Map, through string) float64 {
	share, pairs := 0.0, 0.0
	for i, a := range m.Nodes {
		for _, b := range m.Nodes[:i] {
			if a.System.ID == through || b.System.ID == through {
				continue
			}
			pairs++
			ways := shortest(m, a.System.ID, b.System.ID)
			for _, w := range ways {
				if strings.Contains(w, " "+through+" ") {
					share += 1 / float64(len(ways))
				}
			}
		}
	}
	if pairs == 0 {
		return 0
	}
	return share / pairs
}

// shortest lists all shortest ways as " a b c ".
func shortest(m graph.Map, from, to string) []string {
	ways := []string{" " + from + " "}
	for range m.Nodes {
		var longer, arrived []string
		for _, w := range ways {
			at := strings.Fields(w)
			for _, l := range m.Links {
				for _, step := range [][2]string{{l.From, l.To}, {l.To, l.From}} {
					next := w + step[1] + " "
					if step[0] != at[len(at)-1] || strings.Contains(w, " "+step[1]+" ") || slices.Contains(longer, next) {
						continue
					}
					longer = append(longer, next)
					if step[1] == to {
						arrived = append(arrived, next)
					}
				}
			}
		}
		if arrived != nil {
			return arrived
		}
		ways = longer
	}
	return nil
}
