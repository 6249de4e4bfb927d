package n8n

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// known is what the npm package n8n-nodes-base says of its nodes.
type known struct {
	Names []string
	Used  map[string]struct {
		Versions   []float64
		Operations map[string][]string // by resource; "" where there is none
		Values     map[string][]string // of a parameter
	}
}

func list(t *testing.T) known {
	t.Helper()
	src, err := os.ReadFile("testdata/nodes.json")
	if err != nil {
		t.Fatal(err)
	}
	var k known
	if err := json.Unmarshal(src, &k); err != nil {
		t.Fatal(err)
	}
	if len(k.Names) != 444 {
		t.Fatalf("%d names of nodes, want the package's 444", len(k.Names))
	}
	return k
}

// check holds a node to n8n's own list: type, version, resource, operation and
// event.
func (k known) check(t *testing.T, n node) {
	t.Helper()
	used, ok := k.Used[n.Type]
	if !slices.Contains(k.Names, n.Type) || !ok {
		t.Errorf("n8n has no node of type %s", n.Type)
		return
	}
	if !slices.Contains(used.Versions, n.TypeVersion) {
		t.Errorf("%s has no version %g, but %v", n.Type, n.TypeVersion, used.Versions)
	}
	resource, _ := n.Parameters["resource"].(string)
	if operation, ok := n.Parameters["operation"].(string); ok {
		if !slices.Contains(used.Operations[resource], operation) && !slices.Contains(used.Operations[""], operation) {
			t.Errorf("%s: resource %q has no operation %q, but %v", n.Type, resource, operation, used.Operations[resource])
		}
	}
	for name, value := range n.Parameters {
		text, ok := value.(string)
		if all := used.Values[name]; ok && all != nil && !slices.Contains(all, text) {
			t.Errorf("%s: %s is %q, want one of %v", n.Type, name, text, all)
		}
	}
}

func TestEveryNodeOfTheFactsIsOneOfN8n(t *testing.T) {
	k := list(t)
	f, err := load()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range f.Products {
		if p.HTTP != "" && p.Source == "" {
			t.Errorf("%s: an address without the vendor's page", p.ID)
		}
		for _, a := range append(slices.Clone(p.Data), p.Other) {
			for _, operation := range []string{a.Read, a.Write} {
				if p.Node.Type == "" || operation == "" {
					continue
				}
				k.check(t, node{Type: family + p.Node.Type, TypeVersion: p.Node.Version, Parameters: map[string]any{"resource": a.Resource, "operation": operation}})
			}
			if p.Trigger.Type != "" && a.Event != "" {
				k.check(t, node{Type: family + p.Trigger.Type, TypeVersion: p.Trigger.Version, Parameters: map[string]any{p.Trigger.Parameter: a.Event}})
			}
		}
	}
}

// stage is what does not differ from flow to flow.
type stage struct {
	words lang.Printer
	c     catalogue.Catalogue
	r     catalogue.Recovery
}

func speaking(t *testing.T, language string) stage {
	t.Helper()
	var s stage
	var err error
	if s.words, err = lang.New(language); err != nil {
		t.Fatal(err)
	}
	if s.c, err = catalogue.Load(); err != nil {
		t.Fatal(err)
	}
	if s.r, err = catalogue.LoadRecovery(); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s stage) made(t *testing.T, w audit.Workspace, flow string, pattern audit.Pattern) (workflow, []byte) {
	t.Helper()
	f, ok := w.Flow(flow)
	if !ok {
		t.Fatalf("no flow %s", flow)
	}
	book := advise.RunbookOf(w, s.c, s.r, f, advise.Candidate{Flow: flow, Platform: "n8n-cloud", Pattern: pattern})
	var out bytes.Buffer
	if err := Write(&out, Input{s.words, w, s.r, f, book}); err != nil {
		t.Fatal(err)
	}
	var read workflow
	if err := json.Unmarshal(out.Bytes(), &read); err != nil {
		t.Fatal(err)
	}
	return read, out.Bytes()
}

func example(t *testing.T, name string) audit.Workspace {
	t.Helper()
	w, err := audit.Load("../../../examples/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// Every flow of the examples, in every pattern and language: nodes that n8n
// has, names and ids of their own, links that lead somewhere, and all that a
// run needs when it fails.
func TestWorkflowsAreWhole(t *testing.T) {
	k := list(t)
	for name, language := range map[string]string{"tienda": "en", "distribuidora": "es"} {
		w, s := example(t, name), speaking(t, language)
		for _, f := range w.Flows {
			for _, pattern := range []audit.Pattern{audit.Push, audit.Pull, audit.PubSub, audit.Sync} {
				whole(t, k, s, w, f, pattern)
			}
		}
	}
}

func whole(t *testing.T, k known, s stage, w audit.Workspace, f audit.Flow, pattern audit.Pattern) {
	t.Helper()
	at := f.ID + " " + string(pattern)
	got, first := s.made(t, w, f.ID, pattern)
	if _, second := s.made(t, w, f.ID, pattern); !bytes.Equal(first, second) {
		t.Errorf("%s: two runs differ", at)
	}
	if strings.Contains(string(first), "‹") {
		t.Errorf("%s: a key without words", at)
	}
	names, ids, types := map[string]bool{}, map[string]bool{}, map[string]int{}
	for _, n := range got.Nodes {
		k.check(t, n)
		if names[n.Name] || ids[n.ID] {
			t.Errorf("%s: node %q stands twice", at, n.Name)
		}
		names[n.Name], ids[n.ID] = true, true
		types[n.Type]++
		if n.OnError == "continueErrorOutput" && (!n.RetryOnFail || len(got.Connections[n.Name].Main) != 2) {
			t.Errorf("%s: %q is not tried again, or its errors lead nowhere", at, n.Name)
		}
	}
	for from, c := range got.Connections {
		for _, output := range c.Main {
			for _, to := range output {
				if !names[from] || !names[to.Node] {
					t.Errorf("%s: %q leads to %q, and one of them is not there", at, from, to.Node)
				}
			}
		}
	}
	lines := 1
	if pattern == audit.Sync {
		lines = 2
	}
	for _, want := range []struct {
		kind string
		n    int
	}{{"errorTrigger", 1}, {"emailSend", 1}, {"slack", 1}, {"stopAndError", lines}, {"removeDuplicates", lines}, {"wait", lines}} {
		if types[family+want.kind] != want.n {
			t.Errorf("%s: %d nodes of type %s, want %d", at, types[family+want.kind], want.kind, want.n)
		}
	}
	if got.Settings["errorWorkflow"] != got.ID || types[family+"stickyNote"] < 2 {
		t.Errorf("%s: no error workflow, or no notes", at)
	}
}

// Shopify's order goes to Xero as the products' own nodes have it; PrestaShop's
// by the address that its documents give; Sage's by none that anybody knows.
func TestEndsAreTheProductsOwnNodesElseDocumentedAddresses(t *testing.T) {
	push, _ := speaking(t, "en").made(t, example(t, "tienda"), "orders-to-books", audit.Push)
	if n := push.Nodes[0]; n.Type != family+"shopifyTrigger" || n.Parameters["topic"] != "orders/create" {
		t.Errorf("it begins with %s %v", n.Type, n.Parameters)
	}
	pull, text := speaking(t, "es").made(t, example(t, "distribuidora"), "pedidos-web", audit.Pull)
	var addresses []string
	for _, n := range pull.Nodes {
		if n.Type == family+"httpRequest" {
			addresses = append(addresses, n.Parameters["url"].(string))
		}
	}
	if want := []string{"https://{shop}/api/orders", ""}; !slices.Equal(addresses, want) {
		t.Errorf("addresses %q, want %q", addresses, want)
	}
	if !strings.Contains(string(text), "devdocs.prestashop-project.org") {
		t.Error("no note says where the address is documented")
	}
}

// No address stands in a workflow that is not one of the facts.
func TestNoAddressIsInvented(t *testing.T) {
	f, err := load()
	if err != nil {
		t.Fatal(err)
	}
	w, s := example(t, "distribuidora"), speaking(t, "en")
	url := regexp.MustCompile(`"url": "([^"]*)"`)
	for _, flow := range w.Flows {
		_, text := s.made(t, w, flow.ID, audit.Pull)
		for _, m := range url.FindAllStringSubmatch(string(text), -1) {
			if m[1] != "" && !slices.ContainsFunc(f.Products, func(p product) bool {
				return slices.ContainsFunc(p.Data, func(a access) bool { return address(p, a) == m[1] })
			}) {
				t.Errorf("%s: %q is in no fact", flow.ID, m[1])
			}
		}
	}
}

// A name that looks like an expression is none, and two systems of one name
// stay two.
func TestNamesOfSystemsAreNoExpressions(t *testing.T) {
	w, err := audit.New([]audit.Source{{Name: "flowmap.yaml", Text: []byte("version: 1\nsystems: [{id: a, name: \"It's {{ $env.SECRET }}\"}, {id: b, name: \"It's {{ $env.SECRET }}\"}]\nflows:\n  - {id: f, name: \"{{ 1 }}\", from: a, to: b, how: manual}\n")}})
	if err != nil {
		t.Fatal(err)
	}
	got, text := speaking(t, "en").made(t, w, "f", audit.Sync)
	if strings.Contains(string(text), "{{ $env") || strings.Contains(string(text), "{{ 1") {
		t.Error("a name stands as an expression")
	}
	for _, n := range got.Nodes {
		if strings.Contains(n.Name, "{") {
			t.Errorf("node %q", n.Name)
		}
	}
}

// A purchase order is not the order of a shop.
func TestTypesOfDataAreRecognised(t *testing.T) {
	f, err := load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ id, name, want string }{
		{"pedido", "Pedido de venta", "order"}, {"pedido-compra", "Pedido de compra", ""}, {"bill", "Supplier invoice", ""},
		{"factura-venta", "Factura de venta", "invoice"}, {"albaran", "Albarán firmado", ""},
	} {
		if got := f.typeOf(audit.Entity{ID: c.id, Name: c.name}); got != c.want {
			t.Errorf("%s: %q, want %q", c.id, got, c.want)
		}
	}
}
