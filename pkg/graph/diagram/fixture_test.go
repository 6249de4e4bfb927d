package diagram

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// shop is a small audit in which every kind of thing that a map shows is there
// once.
const shop = `version: 1
date: 2026-11-20
client: {name: Harbour & Pine}
currency: EUR
language: en
brand: {name: Quayside, primary: "#1d4e89"}
roles: [{id: clerk, name: Clerk}]
systems:
  - {id: shop, name: PrestaShop, kind: ecommerce}
  - {id: erp, name: Sage 50, kind: erp}
  - {id: mail, name: Inbox, kind: email}
  - {id: sheet, name: Price list, kind: spreadsheet}
entities:
  - {id: order, name: Sales order, record: erp}
  - {id: price, name: Price, record: sheet}
flows:
  - {id: web-orders, entity: order, from: shop, to: erp, every: hourly, role: clerk, people: [Maria], effort: {hours_per_week: 6}, errors: [{what: Wrong SKU, rate: 3/week, minutes_to_fix: 20}]}
  - {id: web-customers, name: New customers, from: shop, to: erp, every: daily, role: clerk, effort: {hours_per_week: 2}}
  - {id: mail-orders, entity: order, from: mail, to: erp, effort: {hours_per_week: 2}}
  - {id: prices, entity: price, from: sheet, to: shop, how: file, every: weekly, effort: {hours_per_week: 0.5}}
  - {id: stock, from: erp, to: shop, how: automated, every: minutes}
  - {id: price-mail, entity: price, from: mail, to: sheet}
`

func workspace(t testing.TB, src string) audit.Workspace {
	t.Helper()
	w, err := audit.New([]audit.Source{{Name: "flowmap.yaml", Text: []byte(src)}})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func printer(t testing.TB, language string) lang.Printer {
	t.Helper()
	p, err := lang.New(language)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func flows(t testing.TB, w audit.Workspace, opt Options) (graph.Map, View) {
	t.Helper()
	m := graph.New(w)
	v, err := Flows(m, w, printer(t, w.Language), opt)
	if err != nil {
		t.Fatal(err)
	}
	return m, v
}

// distribuidora is the wholesaler of the examples.
func distribuidora(t testing.TB) audit.Workspace {
	t.Helper()
	w, err := audit.Load("../../../examples/distribuidora")
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// random is a view of n systems with links between any of them, rings and pairs
// in both directions among them.
func random(seed uint64, n, links int) View {
	r := rand.New(rand.NewPCG(seed, 1))
	v := View{Title: "Random", Client: fmt.Sprint(seed)}
	kinds := audit.Kind("").Options()
	for i := range n {
		kind := audit.Kind(kinds[r.IntN(len(kinds))])
		node := Node{ID: fmt.Sprintf("s%d", i), Name: strings.Repeat("System ", 1+r.IntN(3)) + fmt.Sprint(i), Kind: kind, Outside: kind.Outside(), Sort: string(kind)}
		for range r.IntN(4) {
			node.Records = append(node.Records, "Entity of some length"[:6+r.IntN(15)])
		}
		v.Nodes = append(v.Nodes, node)
	}
	used := map[[2]int]bool{}
	for len(v.Links) < min(links, n*(n-1)) {
		a, b := r.IntN(n), r.IntN(n)
		if a == b || used[[2]int{a, b}] {
			continue
		}
		used[[2]int{a, b}] = true
		l := Link{From: v.Nodes[a].ID, To: v.Nodes[b].ID, Flows: []string{"f"}, How: audit.How(audit.How("").Options()[r.IntN(3)]),
			Hours: float64(r.IntN(200)) / 10, What: []string{"Sales order"}, Often: "every hour", Errors: r.IntN(3), Number: len(v.Links) + 1}
		l.Amount = fmt.Sprintf("%.1f h", l.Hours)
		v.Links = append(v.Links, l)
	}
	return v
}

func kinds() []audit.Kind {
	var out []audit.Kind
	for _, k := range audit.Kind("").Options() {
		out = append(out, audit.Kind(k))
	}
	return out
}
