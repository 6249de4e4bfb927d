// Benchgen writes a workspace of many flows for measuring. The same seed and
// number of flows give the same bytes.
//
// The flows stand in interviews of at most a thousand flows each, far under the
// limit of one file, over as many systems and entities as such an audit would
// have: one of each for every fifty flows, and at least ten.
//
// Usage: go run ./scripts/benchgen [-flows 10000] [-seed 1] FOLDER
package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	flows := flag.Int("flows", 10000, "how many flows")
	seed := flag.Uint64("seed", 1, "what the figures are drawn from")
	flag.Parse()
	if flag.NArg() != 1 || *flows < 1 {
		fmt.Fprintln(os.Stderr, "usage: benchgen [-flows N] [-seed N] FOLDER")
		os.Exit(2)
	}
	if err := write(flag.Arg(0), generate(*flows, *seed)); err != nil {
		fmt.Fprintln(os.Stderr, "benchgen:", err)
		os.Exit(1)
	}
}

// file is one file of the workspace; name has slashes.
type file struct{ name, text string }

const flowsPerInterview = 1000

// generate makes the files of a workspace with that many flows.
func generate(flows int, seed uint64) []file {
	g := generator{rand.New(rand.NewPCG(seed, 0)), max(10, flows/50)}
	files := []file{{"flowmap.yaml", g.audit()}}
	for first := 0; first < flows; first += flowsPerInterview {
		number := len(files)
		files = append(files, file{
			fmt.Sprintf("interviews/2026-10-%02d-part-%03d.yaml", 1+number%28, number),
			g.interview(number, first, min(first+flowsPerInterview, flows)),
		})
	}
	return files
}

// generator draws the figures; things is how many systems and entities there are.
type generator struct {
	*rand.Rand
	things int
}

var (
	kinds    = []string{"erp", "crm", "ecommerce", "wms", "accounting", "spreadsheet", "email", "other"}
	roles    = []string{"admin", "warehouse", "sales"}
	hows     = []string{"manual", "manual", "manual", "file", "automated"}
	latency  = []string{"minutes", "hourly", "daily", "weekly"}
	branches = []string{"administration", "logistics", "sales", "purchasing", "finance"}
)

func (g generator) audit() string {
	var b strings.Builder
	b.WriteString("version: 1\ndate: 2026-11-20\nclient: {name: Measured Ltd, sector: wholesale, employees: 400}\ncurrency: EUR\nlanguage: en\nroles:\n")
	for i, role := range roles {
		fmt.Fprintf(&b, "  - {id: %s, name: %s, hourly_cost: %d, headcount: 90}\n", role, role, 18+2*i)
	}
	b.WriteString("systems:\n")
	for i := range g.things {
		fmt.Fprintf(&b, "  - {id: system-%d, name: System %d, kind: %s, interfaces: [api]}\n", i, i, kinds[i%len(kinds)])
	}
	b.WriteString("entities:\n")
	for i := range g.things {
		fmt.Fprintf(&b, "  - {id: entity-%d, name: Entity %d, record: system-%d}\n", i, i, i)
	}
	return b.String()
}

func (g generator) interview(number, first, end int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "interview: {date: 2026-10-%02d, by: Ana, with: Person %d, department: %s}\nflows:\n",
		1+number%28, number, branches[number%len(branches)])
	for id := first; id < end; id++ {
		g.flow(&b, id)
	}
	return b.String()
}

// flow writes one flow; an automated one costs no hours. Most data goes out from its
// system of record, and some comes back, as in a landscape that people planned.
func (g generator) flow(b *strings.Builder, id int) {
	entity := g.IntN(g.things)
	from, to := entity, (entity+1+g.IntN(g.things-1))%g.things
	if g.IntN(8) == 0 {
		from, to = to, from
	}
	how := hows[g.IntN(len(hows))]
	fmt.Fprintf(b, "  - id: flow-%d\n    name: Flow %d\n    entity: entity-%d\n    from: system-%d\n    to: system-%d\n    how: %s\n",
		id, id, entity, from, to, how)
	fmt.Fprintf(b, "    role: %s\n    volume: %d/month\n    needs: {latency: %s, steps: %d}\n",
		roles[g.IntN(len(roles))], 20+g.IntN(900), latency[g.IntN(len(latency))], 2+g.IntN(5))
	if how != "automated" {
		least := 5 + g.IntN(20)
		fmt.Fprintf(b, "    effort: {hours_per_week: [%s, %s, %s]}\n", tenths(least), tenths(least+3), tenths(least+10))
	}
	if g.IntN(3) > 0 {
		b.WriteString("    errors: []\n")
		return
	}
	fmt.Fprintf(b, "    errors: [{what: Typed wrong, rate: %d%%, minutes_to_fix: %d, cost: %d}]\n",
		1+g.IntN(4), 5+g.IntN(30), g.IntN(20))
}

// tenths writes n tenths as the format wants numbers: 20 is 2, 25 is 2.5.
func tenths(n int) string {
	if n%10 == 0 {
		return fmt.Sprint(n / 10)
	}
	return fmt.Sprintf("%d.%d", n/10, n%10)
}

func write(folder string, files []file) error {
	for _, f := range files {
		path := filepath.Join(folder, filepath.FromSlash(f.name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(f.text), 0o644); err != nil {
			return err
		}
	}
	return nil
}
