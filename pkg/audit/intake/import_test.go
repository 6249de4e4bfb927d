package intake_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// María answers about the flow that the form has, and tells a new one.
func maria(t testing.TB) sheet {
	return open(t, form(t, "es")).put("C4", "María").put("E4", time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)).
		set(known, "Horas: lo menos", 2).set(known, "Horas: lo normal", 3).set(known, "Horas: lo más", 5).set(known, "De quién son", "solo mías").
		set(known, "Cuántos", 800).set(known, "Cuántos por", "mes").set(known, "Cómo lo sabe", "contado").
		set(known, "Error 1", "Referencia mal tecleada").set(known, "Error 1: de cada 100", 2).set(known, "Error 1: minutos", "15-20-30").set(known, "Error 1: coste", "7,5").
		set(empty, "Qué hace usted", "Altas de cliente").set(empty, "Desde", "correo ELECTRONICO").set(empty, "Hasta", "erp").set(empty, "Tipo de datos", "cliente").
		set(empty, "Cómo", "tecleado a mano").set(empty, "Cada cuánto", "cada día").set(empty, "Quién lo hace", "María, José").
		set(empty, "Horas: lo normal", "3,5").set(empty, "Horas por", "mes").set(empty, "Si usted falta dos semanas", "espera").
		set(empty, "Cuántos", "?").set(empty, "Error 1", "ninguno").set(empty, "Notas", "Sin NIF\nmuchas veces")
}

const mariasInterview = `interview:
  date: 2026-11-02
  with: María
  department: sales
  complete: true
  not_known: [altas-de-cliente.volume]
flows:
  - id: pedidos-web
    effort:
      hours_per_week: [2, 3, 5]
      whose: own
      basis: counted
    volume:
      records: 800/month
      basis: counted
    errors:
      - what: Referencia mal tecleada
        rate: 2%
        minutes_to_fix: [15, 20, 30]
        cost: 7.5
        basis: counted
  - id: altas-de-cliente
    department: sales
    name: Altas de cliente
    entity: cliente
    from: correo
    to: erp
    how: manual
    every: daily
    people: [María, José]
    absence: waits
    effort:
      hours_per_month: 3.5
    errors: []
`

func TestAFormBecomesOneInterview(t *testing.T) {
	w := workspace(t)
	imported, text := says(t, w, "form.xlsx", maria(t).bytes())
	text, notes, _ := strings.Cut(text, "    notes:")
	if text != mariasInterview {
		t.Errorf("got\n%s\nwant\n%s", text, mariasInterview)
	}
	if !strings.Contains(notes, "Sin NIF") {
		t.Errorf("notes are %q", notes)
	}
	if !strings.HasPrefix(imported.File, "interviews/form-") || !strings.HasSuffix(imported.File, "-maria.yaml") {
		t.Errorf("file %s, want that of the form's id and of María", imported.File)
	}
	if f := imported.Flows; len(f) != 2 || f[0].New || !f[1].New || f[1].ID != "altas-de-cliente" || f[1].Cell != "B12" {
		t.Errorf("told %+v", f)
	}
}

// What comes in loads, as one more interview, and is the same when it comes in
// again; what the consultant adds meanwhile is no matter.
func TestASecondImportChangesNothing(t *testing.T) {
	src := maria(t).bytes()
	imported, text := says(t, workspace(t), "form.xlsx", src)
	after := workspace(t, "flowmap.yaml", shop, imported.File, text)
	if len(after.Interviews) != 1 || len(after.Flows) != 4 {
		t.Errorf("%d interviews and %d flows, want 1 and 4", len(after.Interviews), len(after.Flows))
	}
	if f, _ := after.Flow("altas-de-cliente"); f.Effort.HoursPerMonth.Likely != 3.5 || f.Effort.Basis != audit.Estimated && f.Effort.Basis != "" {
		t.Errorf("effort %+v", f.Effort)
	}
	if again, text := says(t, after, "other-name.xlsx", src); text != "" || again.File != imported.File {
		t.Errorf("imported again, %s becomes\n%s", again.File, text)
	}
	changed := open(t, src).set(known, "Horas: lo normal", 4).bytes()
	if again, text := says(t, after, "form.xlsx", changed); again.File != imported.File || !strings.Contains(text, "hours_per_week: [2, 4, 5]") {
		t.Errorf("corrected and imported again, %s becomes\n%s", again.File, text)
	}
}

// One form may be sent to several people: neither replaces the other.
func TestTwoPeopleFillInTheSameForm(t *testing.T) {
	one, _ := says(t, workspace(t), "form.xlsx", open(t, form(t, "es")).put("C4", "María").set(known, "Horas: lo normal", 3).bytes())
	two, _ := says(t, workspace(t), "form.xlsx", open(t, form(t, "es")).put("C4", "José").set(known, "Horas: lo normal", 3).bytes())
	if one.File == two.File {
		t.Errorf("both become %s", one.File)
	}
}

func TestWhatCamePreFilledIsNoStatement(t *testing.T) {
	blank := open(t, form(t, "es")).put("C4", "María")
	if imported, text := says(t, workspace(t), "form.xlsx", blank.bytes()); text != "" || len(imported.Flows) != 0 {
		t.Errorf("an unchanged form becomes\n%s", text)
	}
	// The workspace has moved on; the form still says what it came with.
	moved := workspace(t, "flowmap.yaml", strings.Replace(shop, "from: tienda, to: erp", "from: correo, to: erp", 1))
	_, text := says(t, moved, "form.xlsx", blank.set(known, "Qué hace usted", "Pedidos de la web").bytes())
	if !strings.Contains(text, "- id: pedidos-web\n    name: Pedidos de la web\n") || strings.Contains(text, "from:") {
		t.Errorf("a corrected name becomes\n%s", text)
	}
}

// A form that says nothing any more takes back what it said.
func TestAFormThatWasEmptiedTakesItsStatementsBack(t *testing.T) {
	blank := open(t, form(t, "es")).put("C4", "María").bytes()
	imported, _ := says(t, workspace(t), "form.xlsx", blank)
	after := workspace(t, "flowmap.yaml", shop, imported.File, "flows: [{id: pedidos-web, effort: {hours_per_week: 3}}]\n")
	if _, text := says(t, after, "form.xlsx", blank); !strings.Contains(text, "flows: []") {
		t.Errorf("it becomes\n%q", text)
	}
}

func TestAnEnglishFormInAnySpelling(t *testing.T) {
	s := open(t, form(t, "en")).put("C4", "Ann, Bob").put("E4", "2 November 2026").put("G4", "HUMAN resources").
		set(known, "Hours: usual", "2.5").set(known, "Whose hours", "MINE ALONE").
		set(known, "How many", "1,200").set(known, "How many per", "day").
		set(known, "Problem 1", "Lost").set(known, "Problem 1: of every 100", "3 %")
	_, text := says(t, workspace(t), "form.xlsx", s.bytes())
	for _, part := range []string{"date: 2026-11-02", "with: [Ann, Bob]", "department: hr", "hours_per_week: 2.5", "whose: own", "records: 1200/day", "rate: 3%"} {
		if !strings.Contains(text, part+"\n") {
			t.Errorf("no %q in\n%s", part, text)
		}
	}
}

// Excel turns "2%" into 0.02 shown as a percentage.
func TestAPercentageCountsOfEveryHundred(t *testing.T) {
	s := open(t, form(t, "en")).put("C4", "Ann").set(known, "Problem 1", "Lost").set(known, "Problem 1: of every 100", 0.02)
	style, err := s.file.NewStyle(styleOf(10))
	if err != nil {
		t.Fatal(err)
	}
	cell := s.cell(known, "Problem 1: of every 100")
	if err := s.file.SetCellStyle(s.name, cell, cell, style); err != nil {
		t.Fatal(err)
	}
	if _, text := says(t, workspace(t), "form.xlsx", s.bytes()); !strings.Contains(text, "rate: 2%\n") {
		t.Errorf("it becomes\n%s", text)
	}
}

// A number with three decimals is written so that nobody takes it for
// thousands.
func TestNumbersAreWrittenWithoutDoubt(t *testing.T) {
	for value, want := range map[any]string{1.234: "1.2340", 0.125: "0.125", 2.9999999999999996: "3", "1.200": "1200", 1e6: "1000000"} {
		s := open(t, form(t, "es")).put("C4", "Ana").set(known, "Cuántos", value).set(known, "Cuántos por", "mes")
		if _, text := says(t, workspace(t), "form.xlsx", s.bytes()); !strings.Contains(text, "records: "+want+"/month\n") {
			t.Errorf("%v becomes\n%s", value, text)
		}
	}
}

// All that is wrong is told at once, each at its sheet and cell.
func TestProblemsAreNamedByCellAllAtOnce(t *testing.T) {
	s := open(t, form(t, "es")).put("E4", "mañana").
		set(known, "Horas: lo menos", 9).set(known, "Horas: lo normal", 8).set(known, "Horas: lo más", 12).
		set(known, "De quién son", "de Pepe").set(known, "Cuántos", -3).
		set(empty, "Qué hace usted", "Altas").set(empty, "Desde", "Prestashp").set(empty, "Hasta", "Sage 50").set(empty, "Tipo de datos", "Factura").
		set(empty, "Horas: lo normal", "unas tres").set(empty, "Cuántos", 5).set(empty, "Error 1: de cada 100", 120).
		set(empty+1, "Qué hace usted", "Nada").set(empty+1, "Hasta", "Sage 50").
		set(empty+2, "Desde", "PrestaShop").set(empty+2, "Hasta", "tienda").
		set(empty+3, "Desde", "PrestaShop").set(empty+3, "Hasta", "Sage 50").set(empty+3, "Horas: lo normal", "6-8").set(empty+3, "Error 2: coste", 5)
	want(t, problems(t, "form.xlsx", s.bytes()),
		"form.xlsx, Formulario!C4: nobody says who filled this in | write the person's name here",
		`form.xlsx, Formulario!E4: "mañana" is no date`,
		"form.xlsx, Formulario!J11: 9, 8, 12 do not rise | write the least, the usual and the most, in this order",
		`form.xlsx, Formulario!M11: "de Pepe" is none of the answers | answers here: de todos, solo mías`,
		"form.xlsx, Formulario!N11: -3 is below 0",
		`form.xlsx, Formulario!C12: unknown system "Prestashp" | did you mean "PrestaShop"? systems here: Correo electrónico, PrestaShop, Sage 50`,
		`form.xlsx, Formulario!E12: unknown type of data "Factura" | types of data here: Cliente, Pedido de venta`,
		`form.xlsx, Formulario!J12: "unas tres" is no number`,
		"form.xlsx, Formulario!N12: nothing says how often that many are moved",
		"form.xlsx, Formulario!S12: 120 is more than there can be | here it goes up to 100",
		"form.xlsx, Formulario!C13: nothing says where the data comes from",
		"form.xlsx, Formulario!D14: the flow begins and ends in the same system",
		`form.xlsx, Formulario!J15: "6-8" is 2 numbers`,
		"form.xlsx, Formulario!V15: nothing says what goes wrong here")
}

func TestAKnownFlowIsNotMoved(t *testing.T) {
	s := open(t, form(t, "es")).put("C4", "Ana").set(known, "Desde", "Correo electrónico").set(known, "Tipo de datos", "Cliente")
	want(t, problems(t, "form.xlsx", s.bytes()),
		`C11: says "Correo electrónico" where the workspace has "PrestaShop" for the flow "Pedidos web"`,
		`E11: says "Cliente" where the workspace has "Pedido de venta" for the flow "Pedidos web"`)
}

func TestAnExampleThatWasWrittenOverIsNotLost(t *testing.T) {
	s := open(t, form(t, "es")).put("C4", "Ana").set(9, "Horas: lo normal", 4)
	want(t, problems(t, "form.xlsx", s.bytes()), "J9: this row is an example, which is not read, and it was changed | write the flow into an empty row below")
}

// Excel makes a date of 6-8-12; hours are no dates.
func TestADateIsNoNumber(t *testing.T) {
	s := open(t, form(t, "es")).put("C4", "Ana").set(known, "Horas: lo normal", time.Date(2012, 8, 6, 0, 0, 0, 0, time.UTC)).set(empty, "Horas: lo normal", 41127)
	want(t, problems(t, "form.xlsx", s.bytes()), "J11: holds the date 2012-08-06 where a number belongs",
		"C12: nothing says where", "D12: nothing says where", "J12: 41127 is more than there can be")
}

func TestFormulasMergedCellsAndErrorsAreNamed(t *testing.T) {
	s := open(t, form(t, "es")).put("C4", "Ana")
	if err := s.file.SetCellFormula(s.name, "J11", "=6*5"); err != nil {
		t.Fatal(err)
	}
	if err := s.file.MergeCell(s.name, "C12", "D13"); err != nil {
		t.Fatal(err)
	}
	want(t, problems(t, "form.xlsx", s.bytes()), "J11: holds a formula | write its result", "C12: the cells C12:D13 are merged")
}

func TestHeadingsThatWereChangedAreNamed(t *testing.T) {
	s := open(t, form(t, "es")).put("C4", "Ana").put("C7", "Desdde").put("R7", "").put("P7", "Hasta")
	want(t, problems(t, "form.xlsx", s.bytes()),
		`A7: the column "Desde" is missing`, `A7: the column "Cómo lo sabe" is missing`, `A7: the column "Error 1" is missing`,
		`C7: there is no column "Desdde" in a form | did you mean "Desde"?`, `P7: the column "Hasta" stands here a second time`)
}

func TestRowsThatAreTheSameFlowAreNamed(t *testing.T) {
	s := open(t, form(t, "es")).put("C4", "Ana").put("A12", "pedidos-web").put("A13", "que-fue").
		set(known, "Horas: lo normal", 1).set(empty, "Horas: lo normal", 2).set(empty+1, "Horas: lo normal", 2)
	for row := 14; row < 16; row++ {
		s.set(row, "Qué hace usted", "Altas").set(row, "Desde", "PrestaShop").set(row, "Hasta", "Sage 50")
	}
	want(t, problems(t, "form.xlsx", s.bytes()), `B12: row 11 is about the same flow, "Pedidos web"`,
		`B13: this row is about the flow "que-fue", which the workspace no longer has`, "B15: row 14 describes the same flow")
}

// A flow with the name and the way of another is that one; one with the name
// alone gets an id of its own; one with the way alone is told of.
func TestNewFlowsAreRecognised(t *testing.T) {
	s := open(t, form(t, "es")).put("C4", "Ana").
		set(12, "Qué hace usted", "COMPRAS").set(12, "Desde", "correo").set(12, "Hasta", "erp").
		set(13, "Qué hace usted", "Pedidos WEB").set(13, "Desde", "correo").set(13, "Hasta", "erp").
		set(14, "Qué hace usted", "Encargos").set(14, "Desde", "tienda").set(14, "Hasta", "erp").set(14, "Tipo de datos", "pedido").
		set(15, "Qué hace usted", "日本").set(15, "Desde", "erp").set(15, "Hasta", "tienda")
	imported, _ := says(t, workspace(t), "form.xlsx", s.bytes())
	var got []string
	for _, f := range imported.Flows {
		got = append(got, f.ID)
	}
	if want := []string{"compras", "pedidos-web-2", "encargos", "erp-tienda"}; !slices.Equal(got, want) {
		t.Fatalf("ids %q, want %q", got, want)
	}
	if imported.Flows[0].New || !slices.Equal(imported.Flows[2].Like, []string{"pedidos-web"}) {
		t.Errorf("told %+v", imported.Flows)
	}
}
