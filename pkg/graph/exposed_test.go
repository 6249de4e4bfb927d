package graph_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/graph"
)

// change alters a workspace made of lines.
type change func(w *audit.Workspace)

func needs(flow string, l audit.Latency) change {
	return func(w *audit.Workspace) { flowOf(w, flow).Needs.Latency = l }
}

func holds(entity string, p audit.PersonalData) change {
	return func(w *audit.Workspace) { w.Entities[entityAt(w, entity)].PersonalData = p }
}

func offers(system string, interfaces ...audit.Interface) change {
	return func(w *audit.Workspace) { systemOf(w, system).Interfaces = interfaces }
}

func critical(system string) change {
	return func(w *audit.Workspace) { systemOf(w, system).Critical = audit.Yes }
}

func flowOf(w *audit.Workspace, id string) *audit.Flow {
	return &w.Flows[slices.IndexFunc(w.Flows, func(f audit.Flow) bool { return f.ID == id })]
}

func systemOf(w *audit.Workspace, id string) *audit.System {
	return &w.Systems[slices.IndexFunc(w.Systems, func(s audit.System) bool { return s.ID == id })]
}

// Each case that fires stands beside the nearest that must not. A case looks
// at the findings that its name begins with.
func TestWhoTypesWhatForWhomAndHowSoon(t *testing.T) {
	ordinary, special := holds("x", audit.OrdinaryPersonalData), holds("x", audit.SpecialPersonalData)
	tests := []struct {
		name    string
		lines   []string
		changes []change
		want    []string
	}{
		{"FM006: typed into two systems", []string{"shop>erp x", "erp>wms x"}, nil,
			[]string{"FM006 medium x: erp wms [shop-erp-x erp-wms-x]"}},
		{"FM006: not if one is a file", []string{"shop>erp x", "erp>wms x file"}, nil, nil},
		{"FM006: not if one is automated", []string{"shop>erp x", "erp>wms x auto"}, nil, nil},
		{"FM006: not twice into one system", []string{"shop>erp x", "crm>erp x"}, nil, nil},
		{"FM006: not into a spreadsheet", []string{"shop>erp x", "erp>spreadsheet x"}, nil, nil},
		{"FM006: nor onto paper", []string{"shop>erp x", "erp>paper x"}, nil, nil},
		{"FM006: nor into an e-mail", []string{"shop>erp x", "erp>email x"}, nil, nil},
		{"FM006: not of different data", []string{"shop>erp x", "erp>wms y"}, nil, nil},
		{"FM006: both ways is twice", []string{"erp<>crm x"}, nil, []string{"FM006 medium x: erp crm [erp-crm-x]"}},
		{"FM006: what is declared as a record is inside", []string{"external>erp x", "erp>external x", "x=external"}, nil,
			[]string{"FM006 medium x: external erp [external-erp-x erp-external-x]"}},

		{"FM007: a day old, needed within the hour", []string{"erp>crm x daily", "crm>bi x"}, []change{needs("crm-bi-x", "hourly")},
			[]string{"FM007 medium x: erp crm [erp-crm-x crm-bi-x]"}},
		{"FM007: not if needed within the day", []string{"erp>crm x daily", "crm>bi x"}, []change{needs("crm-bi-x", "daily")}, nil},
		{"FM007: two days are more than one", []string{"erp>crm x daily", "crm>wms x daily", "wms>bi x"}, []change{needs("wms-bi-x", "daily")},
			[]string{"FM007 medium x: erp crm wms [erp-crm-x crm-wms-x wms-bi-x]"}},
		{"FM007: its own frequency does not count", []string{"erp>crm x hourly", "crm>bi x monthly"}, []change{needs("crm-bi-x", "hourly")}, nil},
		{"FM007: not from the record itself", []string{"shop>erp x weekly", "erp>bi x", "x=erp"}, []change{needs("erp-bi-x", "realtime")}, nil},
		{"FM007: not if a quicker way leads there", []string{"erp>crm x weekly", "erp>wms x hourly", "wms>crm x realtime", "crm>bi x"},
			[]change{needs("crm-bi-x", "hourly")}, nil},
		{"FM007: not if nobody says how often", []string{"erp>crm x", "crm>bi x"}, []change{needs("crm-bi-x", "realtime")}, nil},
		{"FM007: but what is known may be too much already", []string{"erp>crm x weekly", "crm>wms x", "wms>bi x"}, []change{needs("wms-bi-x", "daily")},
			[]string{"FM007 medium x: erp crm wms [erp-crm-x crm-wms-x wms-bi-x]"}},
		{"FM007: several times a few minutes are within minutes", []string{"erp>crm x minutes", "crm>wms x minutes", "wms>bi x"},
			[]change{needs("wms-bi-x", "minutes")}, nil},
		{"FM007: an hour is not", []string{"erp>crm x hourly", "crm>bi x"}, []change{needs("crm-bi-x", "minutes")},
			[]string{"FM007 medium x: erp crm [erp-crm-x crm-bi-x]"}},
		{"FM007: at once is at once", []string{"erp>crm x minutes", "crm>bi x"}, []change{needs("crm-bi-x", "realtime")},
			[]string{"FM007 medium x: erp crm [erp-crm-x crm-bi-x]"}},
		{"FM007: a two-way flow does not wait for itself", []string{"erp<>crm x daily", "x=erp"}, []change{needs("erp-crm-x", "hourly")}, nil},
		{"FM007: but it passes on what is old in either direction", []string{"erp>crm x weekly", "bi<>crm x", "x=erp"}, []change{needs("bi-crm-x", "daily")},
			[]string{"FM007 medium x: erp crm [erp-crm-x bi-crm-x]"}},
		{"FM007: not back into the record", []string{"erp>crm x weekly", "crm>erp x", "x=erp"}, []change{needs("crm-erp-x", "daily")}, nil},

		{"FM012: ordinary data by e-mail", []string{"email>erp x", "erp>crm x"}, []change{ordinary}, []string{"FM012 low x: email [email-erp-x]"}},
		{"FM012: not if it holds none", []string{"email>erp x"}, []change{holds("x", audit.NoPersonalData)}, nil},
		{"FM012: not if nobody has said", []string{"email>erp x"}, nil, nil},
		{"FM012: through a spreadsheet, one finding", []string{"erp>spreadsheet x", "email>erp x"}, []change{ordinary},
			[]string{"FM012 low x: spreadsheet email [erp-spreadsheet-x email-erp-x]"}},
		{"FM012: ordinary data on paper and by phone is let be", []string{"paper>erp x", "phone>erp x"}, []change{ordinary}, nil},
		{"FM012: special data is not", []string{"paper>erp x", "phone>erp x"}, []change{special}, []string{"FM012 high x: paper phone [paper-erp-x phone-erp-x]"}},
		{"FM012: special data by e-mail", []string{"erp>email x"}, []change{special}, []string{"FM012 high x: email [erp-email-x]"}},
		{"FM012: not from system to system", []string{"erp>crm x"}, []change{special}, nil},

		{"FM013: no way into a critical system", []string{"shop>erp x"}, []change{critical("erp"), offers("erp", "file")},
			[]string{"FM013 medium : erp [shop-erp-x]"}},
		{"FM013: the other end may be the critical one", []string{"shop>erp x"}, []change{critical("shop"), offers("erp", "none")},
			[]string{"FM013 medium : erp [shop-erp-x]"}},
		{"FM013: not if a database is there", []string{"shop>erp x"}, []change{critical("erp"), offers("erp", "file", "database")}, nil},
		{"FM013: not if nobody stated the interfaces", []string{"shop>erp x"}, []change{critical("erp")}, nil},
		{"FM013: not if nothing is critical", []string{"shop>erp x"}, []change{offers("erp", "file")}, nil},
		{"FM013: the flow may be", []string{"shop>erp x"}, []change{offers("erp", "file"),
			func(w *audit.Workspace) { w.Flows[0].Needs.Reliability = audit.Critical }}, []string{"FM013 medium : erp [shop-erp-x]"}},
		{"FM013: high is not critical", []string{"shop>erp x"}, []change{offers("erp", "file"),
			func(w *audit.Workspace) { w.Flows[0].Needs.Reliability = audit.High }}, nil},
		{"FM013: not for an automated flow", []string{"shop>erp x auto"}, []change{critical("erp"), offers("erp", "file")}, nil},
		{"FM013: a file by hand is work", []string{"shop>erp x file"}, []change{critical("erp"), offers("erp", "file")},
			[]string{"FM013 medium : erp [shop-erp-x]"}},
		{"FM013: not a spreadsheet", []string{"spreadsheet>erp x"}, []change{critical("erp"), offers("spreadsheet", "file")}, nil},
		{"FM013: nor what is outside", []string{"external>erp x"}, []change{critical("erp"), offers("external", "email")}, nil},
		{"FM013: unless it is the record", []string{"external>erp x", "x=external"}, []change{critical("erp"), offers("external", "email")},
			[]string{"FM013 medium : external [external-erp-x]"}},
		{"FM013: one finding a system", []string{"shop>erp x", "erp>bank y"}, []change{critical("erp"), offers("erp", "file"), offers("bank", "file")},
			[]string{"FM013 medium : erp [shop-erp-x erp-bank-y]", "FM013 medium : bank [erp-bank-y]"}},

		{"FM014: more than half of the hours", []string{"shop>erp x 3h", "crm>wms y 2h", "erp>bi x 1h"}, nil,
			[]string{"FM014 info : erp [shop-erp-x erp-bi-x]"}},
		{"FM014: not at half of them", []string{"shop>erp x 2h", "crm>wms y 2h"}, nil, nil},
		{"FM014: not where nobody stated hours", []string{"shop>erp x 0h"}, nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := landscape(tt.lines...)
			for _, c := range tt.changes {
				c(&w)
			}
			got := slices.DeleteFunc(told(graph.New(w).Findings), func(line string) bool { return !strings.HasPrefix(line, tt.name[:5]) })
			if !slices.Equal(got, tt.want) {
				t.Errorf("findings\n%q, want\n%q", got, tt.want)
			}
		})
	}
}

func TestACleanLandscapeHasNoFinding(t *testing.T) {
	w := landscape("shop>erp order auto minutes", "shop>wms order file hourly", "order=shop",
		"crm>erp customer file daily", "customer=crm", "pos>books payment daily", "payment=pos")
	for i := range w.Systems {
		w.Systems[i].Interfaces, w.Systems[i].Critical = []audit.Interface{audit.API}, audit.Yes
	}
	w.Entities[0].PersonalData = audit.OrdinaryPersonalData
	w.Flows[1].Needs.Latency = "hourly"
	if got := told(graph.New(w).Findings); got != nil {
		t.Errorf("findings %q, want none", got)
	}
}

func TestWhatAStaleFlowHasToSay(t *testing.T) {
	w := landscape("erp>crm x weekly", "crm>bi x")
	needs("crm-bi-x", "daily")(&w)
	i := slices.IndexFunc(graph.New(w).Findings, func(f audit.Finding) bool { return f.ID == "FM007" })
	f := graph.New(w).Findings[i]
	for name, want := range map[string]string{"flow": "crm-bi-x", "entity": "x", "system": "crm", "record": "erp"} {
		if got := value(f, name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	age := f.Args[slices.IndexFunc(f.Args, func(a audit.Arg) bool { return a.Name == "age" })]
	if age.Number != 7*24 || age.Kind != audit.ArgAge || f.HoursPerWeek != 2 {
		t.Errorf("age %v, %v h a week; want a week, and the hours of both flows", age, f.HoursPerWeek)
	}
}
