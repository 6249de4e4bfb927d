package diff_test

import (
	"errors"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/diff"
)

// edit is one change of a file: text for text, or a new file.
type edit struct{ file, old, text string }

// tenEdits are what two weeks do to an audit: answers, decisions, a flow that
// came and one that went.
var tenEdits = []edit{
	{"flowmap.yaml", "  weeks_per_year: 46", "  weeks_per_year: 45"},
	{"flowmap.yaml", "name: Administrativo de ventas, hourly_cost: 20.5", "name: Administrativo de ventas, hourly_cost: 21.25"},
	{"flowmap.yaml", "    interfaces: [file]\n    owner: Vicente", "    interfaces: [file, api]\n    owner: Vicente"},
	{"flowmap.yaml", "build_cost: [3000, 4500, 8000]", "build_cost: [3400, 5100, 9000]"},
	{"flowmap.yaml", "peak: {factor: 1.4, months: [11, 12]}", "peak: {factor: 1.6, months: [11, 12]}"},
	{"interviews/2026-11-02-sales-maria.yaml", "effort: {hours_per_week: [4.5, 6, 8.5], whose: own}", "effort: {hours_per_week: [5, 7, 9], whose: own}"},
	{"interviews/2026-11-10-sales-jose.yaml", "rate: 1.5%, minutes_to_fix: 20, cost: 12.5", "rate: 2%, minutes_to_fix: 30, cost: 12.5"},
	{"interviews/2026-11-02-sales-maria.yaml", "volume: {records: 620/month, basis: counted}", "volume: {records: 655/month, basis: counted}"},
	{"interviews/2026-12-01-sales-rosa.yaml", "", `interview: {date: 2026-12-01, by: Ana, with: Rosa, role: ventas}
flows:
  - id: devoluciones
    name: Devoluciones apuntadas en el ERP
    entity: pedido
    from: correo
    to: erp
    role: ventas
    effort: {hours_per_week: [1, 2, 3]}
    volume: 40/month
    errors: []
`},
	{"interviews/2026-11-10-sales-jose.yaml", `  - id: presupuestos
    name: Presupuestos aceptados pasados al ERP
    entity: presupuesto
    from: crm
    to: erp
    every: weekly
    department: sales
    people: [José, Rosa]
    role: ventas
    absence: waits
    effort: {hours_per_week: [0.4, 0.6, 1.1]}
    volume: 28/month
    errors: []
    notes: Cuando el cliente acepta en Pipedrive, se vuelve a montar el presupuesto entero en Sage.
`, ""},
}

func edited(t *testing.T, w audit.Workspace, edits ...edit) audit.Workspace {
	t.Helper()
	files := slices.Clone(w.Files())
	for _, e := range edits {
		i := slices.IndexFunc(files, func(f audit.Source) bool { return f.Name == e.file })
		if i < 0 {
			files = append(files, audit.Source{Name: e.file, Text: []byte(e.text)})
			continue
		}
		text := string(files[i].Text)
		if strings.Count(text, e.old) != 1 {
			t.Fatalf("%q stands %d times in %s", e.old, strings.Count(text, e.old), e.file)
		}
		files[i].Text = []byte(strings.Replace(text, e.old, e.text, 1))
	}
	after, err := audit.New(files)
	if err != nil {
		t.Fatal(err)
	}
	return after
}

func example(t *testing.T, name string) audit.Workspace {
	t.Helper()
	w, err := audit.Load(filepath.Join("..", "..", "examples", name))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func compare(t *testing.T, before, after audit.Workspace) diff.Result {
	t.Helper()
	c, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	r, err := diff.Compare(diff.Side{Workspace: before, Catalogue: c}, diff.Side{Workspace: after, Catalogue: c})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// figures are those of amounts, in hundredths.
func figures(a diff.Amounts) [7]int64 {
	var out [7]int64
	a = a.Cents()
	for i, x := range []float64{a.HoursPerYear, a.LabourPerYear, a.ErrorCostPerYear, a.BenefitPerYear, a.BuildCost, a.RunningPerYear, a.NPV} {
		out[i] = int64(math.Round(x * 100))
	}
	return out
}

// addUp holds the parts to the difference, in every figure and to the cent.
func addUp(t *testing.T, r diff.Result) {
	t.Helper()
	var sum [7]int64
	for _, p := range r.Parts {
		for i, x := range figures(p.Amounts) {
			sum[i] += x
		}
		if p.Kind == diff.Rest {
			t.Errorf("a part without an input: %+v", p.Amounts)
		}
	}
	if sum != figures(r.Difference) {
		t.Errorf("the parts add up to %v and the difference is %v", sum, figures(r.Difference))
	}
}

func TestTenEditsOfTheWholesalerAreAttributedToTheCent(t *testing.T) {
	before := example(t, "distribuidora")
	r := compare(t, before, edited(t, before, tenEdits...))
	addUp(t, r)
	named := map[string]bool{}
	for _, p := range r.Parts {
		named[string(p.Kind)+" "+p.ID+" "+p.Field] = true
		if len(p.Places) == 0 && p.Kind != diff.Twice {
			t.Errorf("%s %s %s has no place", p.Kind, p.ID, p.Field)
		}
	}
	for _, want := range []string{
		"assumption  weeks_per_year", "role ventas hourly_cost", "system seur interfaces", "flow pedidos-web solution.build_cost", "flow pedidos-email peak",
		"flow pedidos-web effort", "flow pedidos-email errors.referencia-ambigua", "flow pedidos-web volume", "flow devoluciones ", "flow presupuestos ",
	} {
		if !named[want] {
			t.Errorf("no part for %q", want)
		}
	}
	if r.Sampled {
		t.Error("ten edits are few enough for every order")
	}
}

// Of each edit alone, the whole difference is due to it.
func TestAnEditAloneIsTheWholeDifference(t *testing.T) {
	before := example(t, "distribuidora")
	for _, e := range tenEdits {
		r := compare(t, before, edited(t, before, e))
		addUp(t, r)
		n := 0
		for _, p := range r.Parts {
			if p.Kind != diff.Twice && p.Kind != diff.Beyond {
				n++
			}
		}
		if n > 1 {
			t.Errorf("%q has %d parts", e.text, n)
		}
	}
}

// 8 h a week at 20 become 10 h at 30 for 46 weeks: 7,360 → 13,800. In one order
// the hours add 1,840 and the cost 4,600, in the other 2,760 and 3,680: on
// average 2,300 and 4,140.
func TestTwoInputsShareWhatTheyMoveTogether(t *testing.T) {
	text := func(hours, cost string) []audit.Source {
		return []audit.Source{{Name: "flowmap.yaml", Text: []byte(`version: 1
systems: [{id: shop}, {id: erp}]
assumptions: {hourly_cost: ` + cost + `}
flows: [{id: orders, from: shop, to: erp, effort: {hours_per_week: ` + hours + `, basis: measured}}]
`)}}
	}
	before, err := audit.New(text("8", "20"))
	if err != nil {
		t.Fatal(err)
	}
	after, err := audit.New(text("10", "30"))
	if err != nil {
		t.Fatal(err)
	}
	r := compare(t, before, after)
	addUp(t, r)
	got := map[string]float64{}
	for _, p := range r.Parts {
		got[p.Field] = p.LabourPerYear
	}
	if got["effort"] != 2300 || got["hourly_cost"] != 4140 {
		t.Errorf("%v, want effort 2300 and hourly_cost 4140", got)
	}
}

func TestBackwardsIsTheOpposite(t *testing.T) {
	before := example(t, "distribuidora")
	after := edited(t, before, tenEdits...)
	there, back := compare(t, before, after), compare(t, after, before)
	addUp(t, back)
	for i, x := range figures(there.Difference) {
		if y := figures(back.Difference)[i]; x != -y {
			t.Errorf("figure %d: %d there, %d back", i, x, y)
		}
	}
	if len(there.Parts) != len(back.Parts) {
		t.Errorf("%d parts there, %d back", len(there.Parts), len(back.Parts))
	}
	for _, p := range there.Parts {
		i := slices.IndexFunc(back.Parts, func(q diff.Part) bool {
			return q.Kind == p.Kind && q.ID == p.ID && q.Field == p.Field && q.Old == p.New
		})
		if i < 0 || math.Abs(back.Parts[i].BenefitPerYear+p.BenefitPerYear) > .03 {
			t.Errorf("%s %s %s is not the opposite on the way back", p.Kind, p.ID, p.Field)
		}
	}
}

func TestNothingDiffers(t *testing.T) {
	w := example(t, "tienda")
	r := compare(t, w, w)
	if len(r.Parts)+len(r.Things)+len(r.Findings) != 0 || r.Difference != (diff.Amounts{}) {
		t.Errorf("%+v", r)
	}
}

// Whatever differs, from an empty audit to another company's, the parts add up.
// José changed what he says of an error that María speaks of too.
func TestAnErrorPointIsAttributedToTheInterviewThatChangedIt(t *testing.T) {
	before := example(t, "distribuidora")
	r := compare(t, before, edited(t, before, tenEdits[6]))
	if len(r.Parts) != 1 || len(r.Parts[0].Places) != 1 || r.Parts[0].Places[0].File != "interviews/2026-11-10-sales-jose.yaml" {
		t.Errorf("%+v", r.Parts)
	}
}

func TestTwoCompaniesAddUp(t *testing.T) {
	shop, wholesaler := example(t, "tienda"), example(t, "distribuidora")
	addUp(t, compare(t, shop, wholesaler))
	addUp(t, compare(t, wholesaler, shop))
}

func TestTwoCurrenciesAreRefused(t *testing.T) {
	w := example(t, "tienda")
	d := w
	d.Currency = "USD"
	var apart *diff.CurrencyError
	if _, err := diff.Compare(diff.Side{Workspace: w}, diff.Side{Workspace: d}); !errors.As(err, &apart) {
		t.Errorf("the error is %v", err)
	}
}
