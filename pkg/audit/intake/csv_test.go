package intake_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit/intake"
)

// One flow, in the ways in which programs and people write a CSV.
func TestACSVInAnyDialect(t *testing.T) {
	const spanish = "Nombre;Desde;Hasta;Tipo de datos;Horas por semana;Registros;Registros por\nFacturación;PrestaShop;Sage 50;Pedido de venta;3,5;1.200;mes\n"
	for name, text := range map[string]string{
		"spanish":        spanish,
		"bom and crlf":   "\ufeff" + strings.ReplaceAll(spanish, "\n", "\r\n"),
		"windows-1252":   strings.Replace(spanish, "ó", "\xf3", 1),
		"sep line":       "sep=;\n" + spanish,
		"point":          strings.Replace(spanish, "3,5", "3.5", 1),
		"capitals":       strings.Replace(strings.Replace(spanish, "Desde", "DESDE", 1), "Sage 50", "SAGE 50", 1),
		"quoted":         `"Nombre";"Desde";"Hasta";"Tipo de datos";"Horas por semana";"Registros";"Registros por"` + "\n" + `"Facturación";"PrestaShop";"Sage 50";"Pedido de venta";"3,5";"1.200";"mes"`,
		"english":        "Name,From,To,Type of data,Hours per week,Records,Records per\nFacturación,PrestaShop,Sage 50,Pedido de venta,3.5,\"1,200\",month\n",
		"keys and ids":   "name,from,to,entity,hours,volume\nFacturación,tienda,erp,pedido,3.5,1200/month\n",
		"tabs":           "Flow\tFrom\tTo\tEntity\tHours\tVolume\tHow many per\nFacturación\tPrestaShop\tSage 50\tPedido de venta\t3.5\t1200\tMONTH\n",
		"rows above":     "Lista de tareas\n\n" + spanish + ";;;;;;\n",
		"mixed headings": strings.Replace(spanish, "Nombre", "Flow name", 1),
	} {
		t.Run(name, func(t *testing.T) {
			imported, got := says(t, workspace(t), "mis tareas/Ventas 2026.csv", []byte(text))
			want := `interview:
  complete: true
flows:
  - id: facturacion
    name: Facturación
    entity: pedido
    from: tienda
    to: erp
    effort:
      hours_per_week: 3.5
    volume:
      records: 1200/month
`
			if got != want || imported.File != "interviews/form-ventas-2026.yaml" {
				t.Errorf("%s:\n%s", imported.File, got)
			}
		})
	}
}

// A form saved as a CSV keeps its top, its ids and its examples apart.
func TestAFormSavedAsCSV(t *testing.T) {
	const text = `;Levante;;;;
;Su nombre;María;Fecha;02/11/2026;Departamento;Ventas
id;Qué hace usted;Desde;Hasta;Tipo de datos;Horas: lo menos;Horas: lo normal;Horas: lo más
#help;con sus palabras;;;;;;
#example1;Paso los pedidos;Tienda;Programa;Pedido;6;8;12
pedidos-web;Pedidos web;PrestaShop;Sage 50;Pedido de venta;2;3;5
`
	_, got := says(t, workspace(t), "form.csv", []byte(text))
	want := `interview:
  date: 2026-11-02
  with: María
  department: sales
  complete: true
flows:
  - id: pedidos-web
    effort:
      hours_per_week: [2, 3, 5]
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// What may be thousands in one language and decimals in the other is asked,
// not guessed, where the file speaks both.
func TestNumbersThatMayMeanTwoThings(t *testing.T) {
	want(t, problems(t, "f.csv", []byte("From;To;Hours\nerp;tienda;1.200\n")), `f.csv, C2: "1.200" may mean thousands or decimals`)
	want(t, problems(t, "f.csv", []byte("Desde,Hasta,Horas\nerp,tienda,\"1,200\"\n")), `f.csv, C2: "1,200" may mean thousands or decimals`)
}

func TestProblemsOfACSVAreNamedAsASpreadsheetShowsThem(t *testing.T) {
	const text = "Desde;Hasta;Horas;Color;Desde\nerp;Sage;=1+1;;\n"
	want(t, problems(t, "f.csv", []byte(text)), `f.csv, D1: there is no column "Color"`, `f.csv, E1: the column "Desde" stands here a second time`, "f.csv, C2: holds a formula")
	want(t, problems(t, "f.csv", []byte("\n\r\nDesde;Hasta\n\n\"erp\";x1\n\n\"e\nrp\";x2\nerp;x3\n")), "f.csv, B5: unknown system", `f.csv, A7: unknown system "e`, "f.csv, B7: unknown system", "f.csv, B8: unknown system")
	want(t, problems(t, "f.csv", []byte("Desde;Horas\nerp;3\n")), `f.csv, A1: the column "Hasta" is missing`)
	want(t, problems(t, "f.csv", []byte("Desde;Hasta;Notas\nerp;Sage;a\x07b\n")), `f.csv, B2: unknown system "Sage"`, "f.csv, C2: holds a letter that cannot be read (U+0007)")
}

func TestTooManyProblemsAreCounted(t *testing.T) {
	got := problems(t, "f.csv", []byte("Desde;Hasta\n"+strings.Repeat("x1;y1\n", 150)))
	if len(got) != 101 || !strings.HasPrefix(got[100], "f.csv: and 200 more") {
		t.Errorf("%d problems, the last %q", len(got), got[len(got)-1])
	}
}

func TestFilesThatAreNoCSV(t *testing.T) {
	for text, want := range map[string]string{
		"":                            "the file is empty",
		" \n\n":                       "the file is empty",
		"hello":                       "there is no row of headings here",
		"a\x00b":                      "this is neither an Excel workbook (.xlsx) nor a CSV",
		"\xff\xfea\x00":               "the file is Unicode text of 16 bits",
		"Desde;Hasta\n\x81\n":         "the file is neither UTF-8 nor Windows-1252",
		"Desde;Hasta\n\"erp;tienda\n": "line 2 has a quotation mark that does not belong there or is not closed",
		"%PDF-1.7":                    "this is a PDF",
		"Desde;Hasta\n" + strings.Repeat("erp;tienda\n", 1001): "the file is larger than any form, which has at most 1000 rows",
	} {
		_, err := intake.Read("f.csv", []byte(text))
		var refused *intake.RefusedError
		if !errors.As(err, &refused) || refused.Reason != want || refused.Hint == "" {
			t.Errorf("%.20q: got %v, want %s", text, err, want)
		}
	}
}
