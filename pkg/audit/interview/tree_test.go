package interview

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/templates"
)

func theTree(t *testing.T) *tree {
	t.Helper()
	questions, err := loadTree()
	if err != nil {
		t.Fatal(err)
	}
	return questions
}

func printer(t *testing.T, language string) lang.Printer {
	t.Helper()
	p, err := lang.New(language)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestEveryQuestionAndOptionHasWords(t *testing.T) {
	q := theTree(t)
	for _, language := range lang.Languages() {
		p := printer(t, language)
		w := &writer{state: &state{printer: p, tree: q}, reader: reader{Printer: p}}
		for _, question := range slices.Concat(q.flow, q.point, q.closing) {
			if !p.Has("ask." + question.ID) {
				t.Errorf("%s: %s has no words", language, question.ID)
			}
			for _, c := range question.Options {
				if text := w.optionText(&question, c.ID); strings.Contains(text, "‹") {
					t.Errorf("%s: option %s of %s has no words", language, c.ID, question.ID)
				}
			}
		}
		for _, d := range q.opening.Departments {
			if !p.Has("department." + d.ID) {
				t.Errorf("%s: department %s has no words", language, d.ID)
			}
			for _, id := range q.opening.of(d.ID) {
				if !p.Has("ask." + id) {
					t.Errorf("%s: %s of %s has no words", language, id, d.ID)
				}
			}
		}
	}
}

// A condition that names a question asked later would never hold, and one that
// names a wrong option neither: both would hide a question for ever.
func TestConditionsNameEarlierQuestionsAndTheirOptions(t *testing.T) {
	seen := map[string][]string{"effort": {"given", "missing"}, "alone": {"given", "missing"}}
	for _, q := range theTree(t).flow {
		for _, c := range q.When {
			for _, is := range c.Is {
				if !slices.Contains(seen[c.Answer], is) {
					t.Errorf("%s waits for %s to be %s, which it never is", q.ID, c.Answer, is)
				}
			}
		}
		answers := []string{"given", "missing"}
		for _, o := range q.Options {
			answers = append(answers, o.ID)
		}
		seen[q.ID] = answers
	}
}

func TestEveryAnswerHasAField(t *testing.T) {
	q := theTree(t)
	for _, list := range [][]question{q.flow, q.point, q.closing} {
		for _, question := range list {
			if question.Field == "" && question.ID != "same" {
				t.Errorf("%s states nothing", question.ID)
			}
			if question.Kind == Choice && len(question.Options) == 0 && question.ID != "same" {
				t.Errorf("%s is a choice of nothing", question.ID)
			}
		}
	}
}

func TestOpeningQuestionsStandOnce(t *testing.T) {
	seen := map[string]bool{}
	o := theTree(t).opening
	all := slices.Clone(o.Everybody)
	for _, d := range o.Departments {
		all = append(all, d.Questions...)
	}
	for _, id := range all {
		if seen[id] {
			t.Errorf("%s stands twice", id)
		}
		seen[id] = true
	}
	for _, d := range []string{"administration", "logistics", "sales", "purchasing", "finance", "hr", "service"} {
		if len(o.of(d)) <= len(o.Everybody) {
			t.Errorf("%s has no opening questions of its own", d)
		}
	}
}

func TestArchetypesMakeWorkspacesToBeConfirmed(t *testing.T) {
	files, err := fs.Glob(templates.FS(), "archetypes/*.yaml")
	if err != nil || len(files) != len(Archetypes()) {
		t.Errorf("%d files for %d archetypes, %v", len(files), len(Archetypes()), err)
	}
	for _, name := range Archetypes() {
		for _, language := range lang.Languages() {
			text, err := Setup{Client: "A: b", Sector: "no", Language: language, Currency: "USD", Template: name}.Workspace()
			if err != nil {
				t.Fatal(err)
			}
			w, err := audit.New([]audit.Source{{Name: "flowmap.yaml", Text: text}})
			if err != nil || strings.Contains(string(text), "‹") {
				t.Fatalf("%s in %s: %v\n%s", name, language, err, text)
			}
			if w.Client.Name != "A: b" || w.Client.Sector != "no" || w.Currency != "USD" || w.Language != language || len(w.Systems) < 8 || len(w.Entities) < 6 {
				t.Errorf("%s in %s: %+v, %d systems, %d entities", name, language, w.Client, len(w.Systems), len(w.Entities))
			}
			if len(w.Departments) < 4 {
				t.Errorf("%s: %d departments", name, len(w.Departments))
			}
			for _, d := range w.Departments {
				if d.Confirmed != audit.No {
					t.Errorf("%s: department %s counts as confirmed", name, d.Name)
				}
			}
			for _, s := range w.Systems {
				if s.Confirmed != audit.No {
					t.Errorf("%s: system %s counts as confirmed", name, s.ID)
				}
			}
			for _, e := range w.Entities {
				if _, ok := w.System(e.Record); e.Confirmed != audit.No || !ok {
					t.Errorf("%s: entity %s is confirmed, or has no record: %q", name, e.ID, e.Record)
				}
			}
		}
	}
}

func TestWhatPeopleTypeIsUnderstood(t *testing.T) {
	for _, c := range []struct {
		language string
		kind     Kind
		unit     string
		typed    string
		want     string // as a workspace writes it
	}{
		{"es", Number, "", "3,5", "3.5"},
		{"es", Number, "", "1.200", "1200"},
		{"es", Number, "", "1 3 1,5", "[1, 1.5, 3]"},
		{"es", Number, "", "1; 1,5; 3", "[1, 1.5, 3]"},
		{"en", Number, "", "1, 3, 2", "[1, 2, 3]"},
		{"en", Number, "", "1.125", "1.1250"},
		{"en", Rate, "week", "12", "12/week"},
		{"en", Rate, "week", "40 a day", "40/day"},
		{"en", Rate, "week", "40/day", "40/day"},
		{"en", Rate, "week", "40 times a day", "40/day"},
		{"en", Rate, "month", "30 60 40 per week", "[30/week, 40/week, 60/week]"},
		{"es", Rate, "week", "40 al día", "40/day"},
		{"es", Rate, "week", "40 veces al dia", "40/day"},
		{"es", Rate, "week", "1.200 al mes", "1200/month"},
		{"es", Rate, "week", "2 por semana", "2/week"},
		{"es", Rate, "week", "30 60 40 al año", "[30/year, 40/year, 60/year]"},
		{"en", Share, "", "3", "3%"},
		{"en", Share, "", "3%", "3%"},
		{"en", Share, "", "3 of 100", "3%"},
		{"es", Share, "", "2 de cada 100", "2%"},
		{"es", Share, "", "2,5 %", "2.5%"},
		{"es", Share, "", "1 4 2", "[1%, 2%, 4%]"},
		{"es", Share, "", "3 a la semana", "3/week"},
		{"en", Money, "", "€1,200", "1200"},
		{"es", Money, "", "12,50 €", "12.5"},
	} {
		r := reader{printer(t, c.language), "EUR"}
		q := &question{Kind: c.kind, Unit: c.unit}
		v, err := r.value(q, c.typed)
		if err != nil {
			t.Errorf("%s: %q: %v", c.language, c.typed, err)
			continue
		}
		if got := loaded(t, c.kind, v).String(); got != c.want {
			t.Errorf("%s: %q is %s, want %s", c.language, c.typed, got, c.want)
		}
	}
}

// loaded puts a value into a file and reads it back as an estimate.
func loaded(t *testing.T, kind Kind, v audit.Value) audit.Estimate {
	t.Helper()
	text, err := audit.Edit(nil, audit.Set(audit.Path{string(kind)}, v))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Number audit.Estimate `yaml:"number" as:"number"`
		Rate   audit.Estimate `yaml:"rate" as:"rate"`
		Share  audit.Estimate `yaml:"share" as:"share|rate"`
		Money  audit.Estimate `yaml:"money" as:"money"`
	}
	if err := audit.Strict("x.yaml", text, &file); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	for _, e := range []audit.Estimate{file.Number, file.Rate, file.Share, file.Money} {
		if e.Stated() {
			return e
		}
	}
	return audit.Estimate{}
}

func TestWhatIsNoAmountIsRefusedInTheLanguage(t *testing.T) {
	for _, c := range []struct {
		kind        Kind
		typed, want string
	}{
		{Number, "muchos", `"muchos" no es un número`},
		{Number, "1 3", "Escriba un número, o tres"},
		{Number, "3.5", `"3.5" no es un número`},
		{Number, "-3", "Aquí no hay cantidades negativas"},
		{Rate, "al día", "no es un número"},
		{Share, "120", "De 100 no pueden ser más de 100"},
		{Money, "12 $", "no está en EUR"},
	} {
		_, err := reader{printer(t, "es"), "EUR"}.value(&question{Kind: c.kind, Unit: "week"}, c.typed)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %q: %v, want %q", c.kind, c.typed, err, c.want)
		}
	}
}

// Whatever is typed and taken loads again as what was typed.
func FuzzAmount(f *testing.F) {
	for _, s := range []string{"3", "1 3 1.5", "40 a day", "0.001", "1.125", "9999999999999", "1e5", "2%", "€3", "3 of 100", "1,200", "∞", "0 0 0", "-0", "0.00000001"} {
		for kind := range uint8(4) {
			f.Add(s, kind)
		}
	}
	p, err := lang.New("en")
	if err != nil {
		f.Fatal(err)
	}
	kinds := []Kind{Number, Rate, Share, Money}
	f.Fuzz(func(t *testing.T, s string, n uint8) {
		kind := kinds[int(n)%len(kinds)]
		v, err := reader{p, "EUR"}.value(&question{Kind: kind, Unit: "week"}, s)
		if err != nil || len(s) > 12 { // longer ones may be more than any amount may be, and then the file says so
			return
		}
		e := loaded(t, kind, v)
		again, err := reader{p, "EUR"}.value(&question{Kind: kind, Unit: "week"}, reader{p, "EUR"}.shown(&question{Kind: kind}, e))
		if err != nil || loaded(t, kind, again).String() != e.String() {
			t.Errorf("%q is %s, shown as %q: %v", s, e, reader{p, "EUR"}.shown(&question{Kind: kind}, e), err)
		}
	})
}

func TestPickingWhatExistsAndNamingWhatIsNew(t *testing.T) {
	options := []Option{{"shop", "Tienda en línea"}, {"erp", "Sage 50"}, {"bill", "Factura de proveedor"}}
	r := reader{Printer: printer(t, "es")}
	for _, c := range []struct {
		typed string
		new   newness
		want  string
	}{
		{"erp", never, "erp"},
		{"tienda en linea", never, "shop"},
		{"TIENDA", perhaps, "shop"},
		{"sage", perhaps, "erp"},
		{"Holded", perhaps, "new: Holded"},
		{"Holded", never, "refused"},
		{"Sagge 50", perhaps, "refused"},
		{"+Sagge 50", perhaps, "new: Sagge 50"},
		{"Factura", careful, "refused"},
		{"Factur", careful, "bill"},
		{"+Factura", careful, "new: Factura"},
		{"42", perhaps, "refused"},
	} {
		id, isNew, err := r.pick(c.typed, options, c.new)
		got := id
		switch {
		case err != nil:
			got = "refused"
		case isNew:
			got = "new: " + id
		}
		if got != c.want {
			t.Errorf("%q is %s, want %s (%v)", c.typed, got, c.want, err)
		}
	}
}

func TestIDsAreMadeOfWords(t *testing.T) {
	taken := func(id string) bool { return id == "pedidos-web" || id == "pedidos-web-2" }
	for words, want := range map[string]string{"Pedidos web": "pedidos-web-3", "Año, ¿ñu?": "ano-nu", "日本": "x", strings.Repeat("largo ", 20): "largo-largo-largo-largo-largo-largo-largo-largo"} {
		if got := fresh(words, taken); got != want {
			t.Errorf("%q is %s, want %s", words, got, want)
		}
	}
	if fold("José  GARCÍA") != "jose garcia" {
		t.Error(fmt.Sprint(fold("José  GARCÍA")))
	}
}
