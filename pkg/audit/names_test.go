package audit_test

import (
	"errors"
	"strings"
	"testing"

	. "github.com/flowmap-dev/flowmap/pkg/audit"
)

// swap replaces parts of a text, in pairs.
func swap(text string, parts ...string) string { return strings.NewReplacer(parts...).Replace(text) }

func TestRenameTouchesEveryFileThatNamesTheThing(t *testing.T) {
	for _, c := range []struct {
		kind, old, id string
		audit, maria  string
		scenario      string
		actual        string
	}{
		{"flow", "web-orders", "shop-orders",
			swap(wholesaler, "web-orders", "shop-orders"), swap(maria, "web-orders", "shop-orders"),
			swap(scenario, "web-orders", "shop-orders"), swap(actual, "web-orders", "shop-orders")},
		{"flow", "phone-orders", "calls", swap(wholesaler, "phone-orders", "calls"), swap(maria, "phone-orders", "calls"), scenario, actual},
		{"system", "erp", "sage",
			swap(wholesaler, "id: erp", "id: sage", "record: erp", "record: sage", "to: erp", "to: sage", "found_in: erp", "found_in: sage", "phone: erp", "phone: sage"),
			maria, scenario, actual},
		{"role", "admin", "clerk", swap(wholesaler, "id: admin", "id: clerk", "role: admin", "role: clerk"), swap(maria, "role: admin", "role: clerk"), swap(scenario, "roles.admin", "roles.clerk"), actual},
		{"entity", "order", "sale", swap(wholesaler, "id: order", "id: sale", "entity: order", "entity: sale"), maria, scenario, actual},
	} {
		dir := folder(t)
		if err := Rename(dir, c.kind, c.old, c.id); err != nil {
			t.Errorf("%s %s: %v", c.kind, c.old, err)
			continue
		}
		for name, want := range map[string]string{"flowmap.yaml": c.audit, "interviews/maria.yaml": c.maria, "scenarios/after.yaml": c.scenario, "actuals/web.yaml": c.actual} {
			if got := read(t, dir, name); got != want {
				t.Errorf("%s %s: %s is\n%s\nwant\n%s", c.kind, c.old, name, got, want)
			}
		}
	}
}

func TestRenameRefuses(t *testing.T) {
	dir := folder(t)
	for id, want := range map[string]string{"phone-orders": "already", "Web Orders": "write web-orders", "": "is no id"} {
		if err := Rename(dir, "flow", "web-orders", id); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("to %q: got %v, want %q", id, err, want)
		}
	}
	if err := Rename(dir, "flow", "web-order", "x"); err == nil || !strings.Contains(err.Error(), `did you mean "web-orders"?`) {
		t.Errorf("got %v, want a hint", err)
	}
	if read(t, dir, "flowmap.yaml") != wholesaler {
		t.Error("flowmap.yaml was written")
	}
}

func TestDeleteTakesWhatRefersToIt(t *testing.T) {
	dir := folder(t)
	if err := Delete(dir, "flow", "web-orders"); err != nil {
		t.Fatal(err)
	}
	w, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(w.Flows) != 1 || len(w.Accepted) != 0 || len(w.Actuals) != 0 {
		t.Errorf("%d flows, %d accepted, %d actuals; want 1, 0, 0", len(w.Flows), len(w.Accepted), len(w.Actuals))
	}
	text := read(t, dir, "flowmap.yaml")
	want := wholesaler[:strings.Index(wholesaler, "  - id: web-orders")] + "  - {id: phone-orders, from: shop, to: erp, after: []}\naccepted: []\n"
	if text != want {
		t.Errorf("flowmap.yaml is\n%s\nwant\n%s", text, want)
	}
	if got, want := read(t, dir, "scenarios/after.yaml"), "name: After\nset: {roles.admin.hourly_cost: 22}\nwithout: []\n"; got != want {
		t.Errorf("the scenario is %q, want %q", got, want)
	}
	if got := read(t, dir, "interviews/maria.yaml"); !strings.Contains(got, "not_known: [phone-orders.volume]\nflows: []\n") {
		t.Errorf("the interview is\n%s", got)
	}
}

func TestDeleteLeavesASystemThatFlowsEndAt(t *testing.T) {
	dir := folder(t)
	err := Delete(dir, "system", "erp")
	var problems Problems
	if !errors.As(err, &problems) || len(problems) != 2 || !strings.Contains(err.Error(), `flow "phone-orders": unknown system "erp"`) {
		t.Errorf("got %v, want both flows", err)
	}
	if read(t, dir, "flowmap.yaml") != wholesaler {
		t.Error("flowmap.yaml was written")
	}
}

func TestDeleteARole(t *testing.T) {
	dir := folder(t)
	put(t, dir, "scenarios/after.yaml", "name: After\nset: {roles.admin.hourly_cost: 22, hourly_cost: 20}\n")
	if err := Delete(dir, "role", "admin"); err != nil {
		t.Fatal(err)
	}
	if got, want := read(t, dir, "scenarios/after.yaml"), "name: After\nset: {hourly_cost: 20}\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := read(t, dir, "interviews/maria.yaml"), swap(maria, "  role: admin\n", ""); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAnEditGoesToTheFileThatStatesTheField(t *testing.T) {
	for _, c := range []struct {
		kind, id, field, at string
		value               Value
		file, old, new      string // in that file
	}{
		{"flow", "web-orders", "role", "", Text("admin2"), "flowmap.yaml", "role: admin\n    volume", "role: admin2\n    volume"},
		{"flow", "web-orders", "role", "interviews/maria.yaml", Text("admin2"), "flowmap.yaml", "role: admin\n    volume", "role: admin2\n    volume"},
		{"flow", "web-orders", "needs.latency", "", Text("weekly"), "interviews/maria.yaml", "latency: daily", "latency: weekly"},
		{"flow", "web-orders", "needs.loss", "", Text("none"), "flowmap.yaml", "fields: {phone: erp}", "fields: {phone: erp}, loss: none"},
		{"flow", "web-orders", "needs.loss", "interviews/maria.yaml", Text("none"), "interviews/maria.yaml", "latency: daily", "latency: daily, loss: none"},
		{"flow", "web-orders", "errors[id=wrong-sku].rate", "interviews/maria.yaml", Texts("1%", "2%", "4%"), "flowmap.yaml", "rate: 2%", "rate: [1%, 2%, 4%]"},
		{"flow", "web-orders", "volume.records", "", Text("900/month"), "flowmap.yaml", "800/month", "900/month"},
		{"flow", "web-orders", "volume.basis", "", Text("counted"), "flowmap.yaml", "volume: 800/month", "volume:\n      records: 800/month\n      basis: counted"},
		{"workspace", "", "assumptions.hourly_cost", "", Text("24"), "flowmap.yaml", "why: known}\n", "why: known}\nassumptions:\n  hourly_cost: 24\n"},
		{"interview", "interviews/maria.yaml", "minutes", "", Text("45"), "interviews/maria.yaml", "phone-orders.volume]\n", "phone-orders.volume]\n  minutes: 45\n"},
		{"role", "admin", "hourly_cost", "interviews/maria.yaml", Text("20"), "interviews/maria.yaml", "# she said\n    needs: {latency: daily}\n", "# she said\n    needs: {latency: daily}\nroles:\n  - id: admin\n    hourly_cost: 20\n"},
	} {
		dir := folder(t)
		w, err := Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		f, err := w.SetField(c.kind, c.id, c.field, c.value, c.at)
		if err != nil {
			t.Errorf("%s %s: %v", c.id, c.field, err)
			continue
		}
		was, _ := w.File(f.Name)
		got, err := Edit(was, f.Changes...)
		if want := swap(string(was), c.old, c.new); f.Name != c.file || err != nil || string(got) != want || want == string(was) {
			t.Errorf("%s %s at %q: %s, %v\n%s\nwant %s\n%s", c.id, c.field, c.at, f.Name, err, got, c.file, want)
		}
	}
}

func TestSetFieldRefuses(t *testing.T) {
	w, err := Load(folder(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range [][3]string{{"flow", "web", "role"}, {"flow", "web-orders", ""}, {"flow", "web-orders", "a..b"}, {"flow", "web-orders", "[x"}, {"colour", "red", "a"}} {
		if _, err := w.SetField(c[0], c[1], c[2], Text("x"), ""); err == nil {
			t.Errorf("%v: no error", c)
		}
	}
}

func TestEditRefuses(t *testing.T) {
	for _, c := range []struct {
		name, src, want string
		change          Change
	}{
		{"what is not there", "a: 1\n", "b: there is no such thing", Remove(Path{"b"})},
		{"an item beyond the end", "a: [1]\n", "a[3]: there is no item [3]", Set(Path{"a", "[3]"}, Text("x"))},
		{"a key in a text", "a: 1\n", `a.b: there is no b, for what holds it is "1"`, Set(Path{"a", "b"}, Text("x"))},
		{"an item in a text", "a: 1\n", `a: this is "1", no list`, Append(Path{"a"}, Text("x"))},
		{"no path", "a: 1\n", ": a change needs a path", Set(nil, Text("x"))},
		{"no UTF-8", "a: 1\n", "a: the text is not UTF-8", Set(Path{"a"}, Text("\xff"))},
		{"no YAML", "a: [1\n", ": a comma or a closing bracket is missing", Set(Path{"a"}, Text("x"))},
	} {
		_, err := Edit([]byte(c.src), c.change)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
}
