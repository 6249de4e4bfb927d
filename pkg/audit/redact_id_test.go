package audit_test

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

const namedIDs = `version: 1
roles: [{id: admin}, {id: helper-of-jose}]
systems: [{id: shop}, {id: excel-maria}, {id: luis}, {id: system-1}]
entities: [{id: jose-list, record: excel-maria}, {id: order}]
accepted: [{finding: FM001, entity: jose-list, by: Luis, why: it stays}]
flows:
  - id: maria-orders
    entity: jose-list
    from: excel-maria
    to: luis
    role: helper-of-jose
    people: [María López]
    effort: {hours_per_week: 8}
    volume: 100/month
    errors: [{id: lopez-slip, rate: 2%, cost: 1, found_in: excel-maria}, {id: error-1, rate: 1%, cost: 1, found_in: customer}]
    needs: {direction: two-way, fields: {phone: excel-maria}}
    notes: maria-orders is hers, mariage and marias are not
  - {id: mariage-list, from: shop, to: system-1, people: [José, Luis], after: [maria-orders], overlaps: {maria-orders: 2}, effort: {hours_per_week: 8}}
`

func TestNoIDKeepsAName(t *testing.T) {
	before := parse(t, "flowmap.yaml", namedIDs,
		"interviews/a.yaml", "interview: {date: 2026-11-02, with: María López, role: helper-of-jose, not_known: [maria-orders.errors.lopez-slip.minutes_to_fix, maria-orders.every]}\nflows: [{id: mariage-list, role: helper-of-jose}]\n",
		"interviews/b.yaml", "interview: {date: 2026-11-03, with: José}\nflows: [{id: mariage-list, role: admin}, {id: maria-orders, errors: [{id: lopez-slip, found_in: luis}]}]\n",
		"scenarios/later.yaml", "set: {flows.maria-orders.errors.lopez-slip.rate: 1%, flows.mariage-list.after: \"[maria-orders]\", systems.luis.owner: Luis}\nwithout: [maria-orders]\n",
		"actuals/orders.yaml", "flow: maria-orders\n")
	changed, err := before.With(set("flows.maria-orders.errors.lopez-slip.rate", "3%"), set("flows.mariage-list.overlaps.maria-orders", "1"))
	if err != nil {
		t.Fatal(err)
	}
	w := changed.Redact("Person")
	name := regexp.MustCompile(`(?i)\b(mar[ií]a|l[oó]pez|jos[eé]|luis)\b`)
	all := map[string]string{}
	texts(reflect.ValueOf(w), "", all)
	for path, text := range all {
		if left := name.FindString(path + " " + text); left != "" {
			t.Errorf("%s holds %q: %q", path, left, text)
		}
	}
	f, other := flow(t, w, "flow-1"), flow(t, w, "mariage-list")
	settings := w.Scenarios[0].Set
	for _, x := range []struct{ what, got, want string }{
		{"systems, past the id that is taken", ids(w.Systems), "shop system-2 system-3 system-1"},
		{"entities", ids(w.Entities), "entity-1 order"},
		{"roles", ids(w.Roles), "admin role-1"},
		{"what the flow names", fmt.Sprint(f.Entity, f.From, f.To, f.Role), fmt.Sprint("entity-1", "system-2", "system-3", "role-1")},
		{"error points, past the id that is taken", ids(f.Errors), "error-2 error-1"},
		{"who finds errors", f.Errors[0].FoundIn + " " + f.Errors[1].FoundIn, "system-2 customer"},
		{"who owns a field", f.Needs.Fields[0].Owner, "system-2"},
		{"the record", w.Entities[0].Record, "system-2"},
		{"after", strings.Join(other.After, " "), "flow-1"},
		{"overlaps", other.Overlaps[0].Flow, "flow-1"},
		{"accepted", w.Accepted[0].Entity, "entity-1"},
		{"whose role", w.Interviews[0].Role, "role-1"},
		{"not known", strings.Join(w.Interviews[0].NotKnown, " "), "flow-1.errors.error-2.minutes_to_fix flow-1.every"},
		{"what is set", settings[0].Key + " " + settings[1].Value + " " + settings[2].Key, "flows.flow-1.errors.error-2.rate [flow-1] systems.system-3.owner"},
		{"without", w.Scenarios[0].Without[0], "flow-1"},
		{"measured", w.Actuals[0].Flow, "flow-1"},
		{"a place", w.Place("flow", "flow-1", "volume").String(), before.Place("flow", "maria-orders", "volume").String()},
		{"findings", fmt.Sprint(w.Findings[0].Flows, w.Findings[0].Args[3].Text), "[mariage-list]role-1"},
		{"notes", f.Notes, "flow-1 is hers, mariage and marias are not"},
	} {
		if x.got != x.want {
			t.Errorf("%s: %q, want %q", x.what, x.got, x.want)
		}
	}
	if points := fmt.Sprint(w.OpenPoints()); !strings.Contains(points, "{flow-1 errors.error-2.minutes_to_fix}") {
		t.Errorf("open points %s", points)
	}
	if again, err := w.Apply(w.Scenarios[0]); err != nil || len(again.Flows) != 1 {
		t.Errorf("the scenario leaves %d flows: %v", len(again.Flows), err)
	}
	if _, ok := before.Flow("maria-orders"); !ok || before.Flows[0].Errors[0].ID != "lopez-slip" || before.Flows[1].After[0] != "maria-orders" {
		t.Error("the workspace itself has changed")
	}
}

// ids writes the ids of things, in their order.
func ids[T any](things []T) string {
	var all []string
	for i := range things {
		all = append(all, reflect.ValueOf(things[i]).FieldByName("ID").String())
	}
	return strings.Join(all, " ")
}

func TestIDsOfAFindingAreRenamed(t *testing.T) {
	w := parse(t, "flowmap.yaml", namedIDs)
	w.Findings = []audit.Finding{{ID: "FM018", Flows: []string{"maria-orders"}, Systems: []string{"luis"}, Entities: []string{"jose-list"}, Roles: []string{"helper-of-jose"},
		Args: []audit.Arg{{Kind: audit.ArgSystem, IDs: []string{"shop", "luis"}}, {Kind: audit.ArgField, Text: "errors.lopez-slip.found_in"},
			{Kind: audit.ArgValue, Text: "luis", IDs: []string{"found_in"}}, {Kind: audit.ArgValue, Text: "maria-orders: 2", IDs: []string{"overlaps"}}}}}
	f := w.Redact("Person").Findings[0]
	got := fmt.Sprint(f.Flows, f.Systems, f.Entities, f.Roles, f.Args[0].IDs, f.Args[1].Text, " ", f.Args[2].Text, " ", f.Args[3].Text)
	if want := "[flow-1] [system-3] [entity-1] [role-1] [shop system-3]errors.error-2.found_in system-3 flow-1: 2"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
