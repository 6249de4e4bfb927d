//go:build e2e

package e2etest

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// manyClients are a thousand workspaces of thirty flows, of several sectors, sizes
// and currencies, and the example whose promise was measured.
func manyClients(t *testing.T) string {
	t.Helper()
	tools, dir := t.TempDir(), t.TempDir()
	tool(t, tools, "benchgen")
	for i := range 1000 {
		client := filepath.Join(dir, fmt.Sprintf("client-%04d", i))
		output(t, filepath.Join(tools, "benchgen"), "-flows", "30", "-seed", fmt.Sprint(i+1), client)
		main := filepath.Join(client, "flowmap.yaml")
		text, err := os.ReadFile(main)
		if err != nil {
			t.Fatal(err)
		}
		changed := strings.NewReplacer(
			"sector: wholesale, employees: 400", fmt.Sprintf("sector: %s, employees: %d", []string{"wholesale", "Retail", "food industry"}[i%3], []int{4, 30, 120, 900}[i%4]),
			"currency: EUR", "currency: "+[]string{"EUR", "EUR", "GBP", "USD"}[i/3%4]).Replace(string(text))
		if changed == string(text) {
			t.Fatalf("benchgen's workspaces say something else now:\n%.300s", text)
		}
		save(t, main, changed)
	}
	if err := os.CopyFS(filepath.Join(dir, "tienda-after"), os.DirFS(example(t, "tienda-after"))); err != nil {
		t.Fatal(err)
	}
	return dir
}

// DuckDB and PostgreSQL answer the questions that come with the tables as flowmap
// does.
func TestEnginesAnswerAsThePortfolioDoes(t *testing.T) {
	clients := manyClients(t)
	want := decoded[portfolioJSON](t, "portfolio", clients, "--json").answers()
	parquet, csv := filepath.Join(t.TempDir(), "parquet"), filepath.Join(openFolder(t), "csv")
	program(t, binary, "portfolio", "export", clients, "--to", "parquet", "-o", parquet)
	program(t, binary, "portfolio", "export", clients, "--to", "csv", "-o", csv)
	for name, got := range duckDB(t, parquet) {
		sameAnswer(t, "DuckDB over Parquet, "+name, got, want[name])
	}
	for name, got := range duckDB(t, csv) {
		sameAnswer(t, "DuckDB over CSV, "+name, got, want[name])
	}
	for name, got := range postgreSQL(t, csv) {
		sameAnswer(t, "PostgreSQL, "+name, got, want[name])
	}
}

// questionsIn are the questions of an export, by name.
func questionsIn(t *testing.T, dir string) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "questions", "*.sql"))
	if err != nil || len(files) < 6 {
		t.Fatalf("%v, %v: want six questions or more", files, err)
	}
	all := map[string]string{}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all[strings.TrimSuffix(filepath.Base(f), ".sql")] = string(text)
	}
	return all
}

// askDuckDB runs the loading script of a folder and each of its questions, and
// prints the rows as text.
const askDuckDB = `
import { readFileSync, readdirSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
process.chdir(process.argv[2]);
const connection = await (await DuckDBInstance.create(":memory:")).connect();
await connection.run(readFileSync("load/duckdb.sql", "utf8"));
const answers = {};
for (const file of readdirSync("questions")) {
  const reader = await connection.runAndReadAll(readFileSync("questions/" + file, "utf8"));
  answers[file.replace(".sql", "")] = reader.getRowsJS().map((row) => row.map((x) => (x === null ? null : String(x))));
}
console.log(JSON.stringify(answers));
`

func duckDB(t *testing.T, dir string) map[string][][]*string {
	t.Helper()
	script := filepath.Join(cacheFolder(t), "ask-duckdb.mjs")
	save(t, script, askDuckDB)
	var answers map[string][][]*string
	if err := json.Unmarshal([]byte(program(t, "node", script, dir)), &answers); err != nil {
		t.Fatal(err)
	}
	return answers
}

// postgreSQL loads the tables into a server of its own, which listens on a socket
// in a temporary folder alone. The server refuses to be root.
func postgreSQL(t *testing.T, dir string) map[string][][]*string {
	t.Helper()
	home := openFolder(t)
	var as []string
	if os.Getuid() == 0 {
		as = []string{"setpriv", "--reuid", strconv.Itoa(nobody), "--regid", strconv.Itoa(nobody), "--clear-groups"}
		if err := os.Chown(home, nobody, nobody); err != nil {
			t.Fatal(err)
		}
	}
	bins, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil || len(bins) == 0 {
		t.Fatalf("no PostgreSQL: %v", err)
	}
	run := func(tool string, args ...string) string {
		t.Helper()
		command := append(slices.Clone(as), append([]string{filepath.Join(bins[len(bins)-1], tool)}, args...)...)
		c := exec.Command(command[0], command[1:]...)
		c.Dir, c.Env = dir, append(os.Environ(), "HOME="+home, "PGHOST="+home, "PGUSER=flowmap", "PGDATABASE=postgres", "LC_ALL=C.UTF-8")
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("%s %v: %v\n%s", tool, args, err, out)
		}
		return string(out)
	}
	data := filepath.Join(home, "data")
	run("initdb", "-D", data, "-U", "flowmap", "--auth=trust", "-E", "UTF8", "--no-sync")
	run("pg_ctl", "-D", data, "-w", "-l", filepath.Join(home, "log"), "-o", "-c listen_addresses='' -k "+home, "start")
	t.Cleanup(func() { run("pg_ctl", "-D", data, "-m", "immediate", "stop") })
	run("psql", "-q", "-v", "ON_ERROR_STOP=1", "-f", "load/postgresql.sql")
	answers := map[string][][]*string{}
	for name := range questionsIn(t, dir) {
		text := run("psql", "-q", "-v", "ON_ERROR_STOP=1", "-A", "-t", "-F", "\t", "-P", "null=NULL", "-f", "questions/"+name+".sql")
		for _, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
			var row []*string
			for _, cell := range strings.Split(line, "\t") {
				if cell == "NULL" {
					row = append(row, nil)
				} else {
					row = append(row, &cell)
				}
			}
			answers[name] = append(answers[name], row)
		}
	}
	return answers
}

// portfolioJSON is what portfolio --json says.
type portfolioJSON struct {
	Totals []struct {
		Currency         string
		Clients          float64
		Flows            float64
		NotStated        float64 `json:"not_stated"`
		HoursPerWeek     float64 `json:"hours_per_week"`
		HoursPerYear     float64 `json:"hours_per_year"`
		LabourPerYear    float64 `json:"labour_per_year"`
		ErrorCostPerYear float64 `json:"error_cost_per_year"`
		BenefitPerYear   float64 `json:"benefit_per_year"`
	}
	Flows []struct {
		From, To, Entity string
		Clients, Flows   float64
		HoursPerWeek     float64 `json:"hours_per_week"`
	}
	Pairs []struct {
		From, To       string
		Clients, Flows float64
		HoursPerWeek   float64 `json:"hours_per_week"`
	}
	Findings []struct {
		ID      string
		Clients float64
	}
	Groups []struct {
		By, Name, Currency string
		HoursPerWeek       map[string]*float64 `json:"hours_per_week"`
		BuildCost          map[string]*float64 `json:"build_cost"`
		PaybackMonths      map[string]*float64 `json:"payback_months"`
	}
	Realised []struct {
		Currency               string
		Clients, Flows, Months float64
		SavedHoursPlanned      float64 `json:"saved_hours_planned"`
		SavedHours             float64 `json:"saved_hours"`
		BenefitPlanned         float64 `json:"benefit_planned"`
		Benefit                float64
		PlatformPlanned        float64 `json:"platform_planned"`
		Platform               float64
		BuildPlanned           float64 `json:"build_planned"`
		Build                  float64
		NetPlanned             float64 `json:"net_planned"`
		Net                    float64
	}
}

// answers are the rows that each question has to give: texts, numbers, and nil for
// null.
func (p portfolioJSON) answers() map[string][][]any {
	all := map[string][][]any{}
	for _, x := range p.Totals {
		all["totals"] = append(all["totals"], []any{x.Currency, x.Clients, x.Flows, x.NotStated, x.HoursPerWeek, x.HoursPerYear, x.LabourPerYear, x.ErrorCostPerYear, x.BenefitPerYear})
	}
	for _, x := range p.Flows {
		all["flows"] = append(all["flows"], []any{x.From, x.To, x.Entity, x.Clients, x.Flows, x.HoursPerWeek})
	}
	for _, x := range p.Pairs {
		all["pairs"] = append(all["pairs"], []any{x.From, x.To, x.Clients, x.Flows, x.HoursPerWeek})
	}
	for _, x := range p.Findings {
		all["findings"] = append(all["findings"], []any{x.ID, x.Clients})
	}
	for _, x := range p.Groups {
		for measure, q := range map[string]map[string]*float64{"hours_per_week": x.HoursPerWeek, "build_cost": x.BuildCost, "payback_months": x.PaybackMonths} {
			row := []any{x.By, x.Name, x.Currency, measure}
			if q["p25"] == nil && measure == "build_cost" { // nothing of the group has one
				continue
			}
			for _, key := range []string{"p25", "p50", "p75"} {
				if q[key] == nil {
					row = append(row, nil)
				} else {
					row = append(row, *q[key])
				}
			}
			all["groups"] = append(all["groups"], row)
		}
	}
	for _, x := range p.Realised {
		all["realised"] = append(all["realised"], []any{x.Currency, x.Clients, x.Flows, x.Months, x.SavedHoursPlanned, x.SavedHours, x.BenefitPlanned, x.Benefit,
			x.PlatformPlanned, x.Platform, x.BuildPlanned, x.Build, x.NetPlanned, x.Net})
	}
	return all
}

// sameAnswer compares rows in any order. Sums of decimals that were rounded to a
// millionth may be off by half as much for each of them, nets of flows by a cent.
func sameAnswer(t *testing.T, name string, got [][]*string, want [][]any) {
	t.Helper()
	if len(got) != len(want) || len(want) == 0 {
		t.Errorf("%s: %d rows, want %d", name, len(got), len(want))
		return
	}
	of := map[string][]*string{}
	for _, row := range got {
		of[rowKey(row)] = row
	}
	for _, row := range want {
		texts := make([]*string, len(row))
		for i, x := range row {
			if s, ok := x.(string); ok {
				texts[i] = &s
			}
		}
		found := of[rowKey(texts)]
		if len(found) != len(row) {
			t.Errorf("%s: %v is missing", name, row)
			continue
		}
		for i, x := range row {
			if !sameCell(found[i], x) {
				t.Errorf("%s: column %d of %v is %s", name, i+1, row, shown(found[i]))
			}
		}
	}
}

func shown(s *string) string {
	if s == nil {
		return "null"
	}
	return *s
}

// rowKey are the texts of a row that are no numbers.
func rowKey(row []*string) string {
	var texts []string
	for _, s := range row {
		if s == nil {
			continue
		}
		if _, err := strconv.ParseFloat(*s, 64); err != nil {
			texts = append(texts, *s)
		}
	}
	return strings.Join(texts, "|")
}

func sameCell(got *string, want any) bool {
	switch want := want.(type) {
	case nil:
		return got == nil
	case string:
		return got != nil && *got == want
	case float64:
		if got == nil {
			return false
		}
		x, err := strconv.ParseFloat(*got, 64)
		return err == nil && math.Abs(x-want) <= 1e-3+1e-7*math.Abs(want) || math.Abs(x-want) <= .03 && math.Abs(want) > 100
	}
	return false
}
