package graph_test

import (
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// Every finding has its words in every language, and their placeholders are
// the arguments that it brings.
func TestFindingsHaveWords(t *testing.T) {
	var found []audit.Finding
	for _, lines := range [][]string{
		{"shop>erp customer", "crm>erp customer"},
		{"crm<>erp customer"},
		{"paper>erp price"},
		{"#stock", "legacy"},
		{"crm>newsletter customer", "customer=erp"},
		{"erp>crm customer", "phone>crm customer", "customer=erp"},
		{"shop>erp order", "shop>wms order", "order=erp"},
		{"erp>crm customer", "crm>erp customer", "crm>newsletter customer", "customer=erp"},
		{"erp>crm customer", "crm>shop customer", "shop>erp customer", "customer=erp"},
		{"a>b x", "b>d x", "d>e x", "e>a x", "d>a x", "x=c"},
		{"email>erp x", "erp>crm x weekly", "crm>bi x"},
	} {
		w := landscape(lines...)
		for i := range w.Flows {
			w.Flows[i].Needs.Latency, w.Flows[i].Needs.Reliability = "daily", audit.Critical
		}
		for i := range w.Systems {
			w.Systems[i].Interfaces = []audit.Interface{"file"}
		}
		for _, p := range []audit.PersonalData{audit.OrdinaryPersonalData, audit.SpecialPersonalData} {
			w.Entities[0].PersonalData = p
			found = append(found, graph.New(w).Findings...)
		}
	}
	for _, language := range lang.Languages() {
		p, err := lang.New(language)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			for _, text := range sentences(p, f) {
				if strings.ContainsAny(text, "‹{<") {
					t.Errorf("%s: %s: %s", language, f.ID, text)
				}
			}
		}
	}
}

func sentences(p lang.Printer, f audit.Finding) []string {
	args := lang.Args{}
	for _, a := range f.Args {
		name := strings.ToUpper(a.Name[:1]) + a.Name[1:] // as in all words
		args[name] = a.Text
		if a.Kind != audit.ArgText {
			args[name] = p.List(a.IDs)
		}
	}
	key := "finding." + f.ID
	texts := []string{p.Text(key+".title", nil), p.Text(key+".advice", args), p.Text(key+".why", nil)}
	if v := value(f, "variant"); v != "<none>" {
		return append(texts, p.Text(key+"."+v, args))
	}
	return append(texts, p.Text(key+".message", args))
}

func TestReasonsForARecordHaveWords(t *testing.T) {
	for _, language := range lang.Languages() {
		p, err := lang.New(language)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range []graph.Reason{graph.Declared, graph.OnlySource, graph.NoSource, graph.SeveralSources} {
			if key := "record_reason." + string(r); !p.Has(key) {
				t.Errorf("%s: no words for %s", language, key)
			}
		}
	}
}

func TestPartsHaveWords(t *testing.T) {
	for _, language := range lang.Languages() {
		p, err := lang.New(language)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range []graph.Part{graph.Record, graph.Consumer, graph.WritesBack, graph.Source} {
			if key := "part." + string(part); !p.Has(key) {
				t.Errorf("%s: no words for %s", language, key)
			}
		}
	}
}
