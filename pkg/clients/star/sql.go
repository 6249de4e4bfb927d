package star

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
)

//go:embed questions
var questions embed.FS

// File is a file that comes with the tables; its name has slashes.
type File struct {
	Name string
	Text []byte
}

// Questions are the questions that come with the tables, in SQL that runs
// unchanged on DuckDB, PostgreSQL, Spark and Trino.
func Questions() []File {
	var all []File
	entries, _ := fs.ReadDir(questions, "questions") // is in the program
	for _, e := range entries {
		name := "questions/" + e.Name()
		text, _ := questions.ReadFile(name)
		all = append(all, File{name, text})
	}
	return all
}

// Format is how the tables are written.
type Format string

// The formats.
const (
	AsParquet Format = "parquet"
	AsSQLite  Format = "sqlite"
	AsCSV     Format = "csv"
)

// Options lists what may be given for a format.
func (Format) Options() []string { return []string{"parquet", "sqlite", "csv"} }

// Loading are the scripts that show the tables of a format to the engines that
// read it. They are run in the folder of the export.
func (f Format) Loading() []File {
	switch f {
	case AsParquet:
		return []File{
			{"load/duckdb.sql", loading(duckViews)},
			{"load/spark.sql", loading(sparkTables)},
			{"load/trino.sql", loading(trinoTables)},
		}
	case AsCSV:
		return []File{{"load/duckdb.sql", loading(duckCSV)}, {"load/postgresql.sql", whole(loading(postgresCSV))}}
	case AsSQLite:
	}
	return nil
}

func loading(statement func(Table) string) []byte {
	var b strings.Builder
	for _, t := range Tables() {
		fmt.Fprintf(&b, "-- %s: %s\n%s\n", t.Name, t.What, statement(t))
	}
	return []byte(b.String())
}

// whole is a script of psql that ends at the first error and then leaves the database
// as it was: where there are tables of these names already, nothing goes into them.
func whole(script []byte) []byte {
	return fmt.Appendf(nil, "\\set ON_ERROR_STOP on\nBEGIN;\n\n%s\nCOMMIT;\n", script)
}

// create is a table's definition in a dialect.
func create(t Table, typed func(Type) string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "CREATE TABLE %s (\n", t.Name)
	key := true
	for _, c := range t.Columns {
		fmt.Fprintf(&b, "  %s %s", c.Name, typed(c.Type))
		if !c.Null {
			b.WriteString(" NOT NULL")
		}
		b.WriteString(",\n")
		for _, k := range t.Key {
			key = key && !(k == c.Name && c.Null)
		}
	}
	text := strings.TrimSuffix(b.String(), ",\n")
	if key {
		text += fmt.Sprintf(",\n  PRIMARY KEY (%s)", strings.Join(t.Key, ", "))
	}
	return text + "\n);\n"
}

func sqlType(t Type) string {
	switch t {
	case Integer:
		return "BIGINT"
	case Decimal:
		return fmt.Sprintf("DECIMAL(18,%d)", scale)
	case Boolean:
		return "BOOLEAN"
	case Date:
		return "DATE"
	case Text:
	}
	return "VARCHAR"
}

func sqliteType(t Type) string {
	switch t {
	case Integer, Boolean:
		return "INTEGER"
	case Decimal:
		return "NUMERIC"
	case Text, Date:
	}
	return "TEXT"
}

func sparkType(t Type) string {
	if t == Text {
		return "STRING"
	}
	return sqlType(t)
}

func duckViews(t Table) string {
	return fmt.Sprintf("CREATE OR REPLACE VIEW %[1]s AS SELECT * FROM read_parquet('%[1]s/client=*/*.parquet', hive_partitioning = true, hive_types = {'client': VARCHAR});\n", t.Name)
}

func duckCSV(t Table) string {
	columns := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = fmt.Sprintf("'%s': '%s'", c.Name, sqlType(c.Type))
	}
	return fmt.Sprintf("CREATE OR REPLACE VIEW %[1]s AS SELECT * FROM read_csv('%[1]s.csv', header = true, columns = {%[2]s});\n", t.Name, strings.Join(columns, ", "))
}

func postgresCSV(t Table) string {
	return create(t, sqlType) + fmt.Sprintf("\\copy %[1]s FROM '%[1]s.csv' CSV HEADER\n", t.Name)
}

// partitioned are a table's columns, the client last.
func partitioned(t Table, typed func(Type) string) string {
	var columns []string
	for _, c := range t.Columns[1:] {
		columns = append(columns, c.Name+" "+typed(c.Type))
	}
	return strings.Join(append(columns, t.Columns[0].Name+" "+typed(Text)), ", ")
}

func sparkTables(t Table) string {
	return fmt.Sprintf("CREATE TABLE %[1]s (%[2]s) USING parquet PARTITIONED BY (client) LOCATION '${folder}/%[1]s';\nMSCK REPAIR TABLE %[1]s;\n",
		t.Name, partitioned(t, sparkType))
}

func trinoTables(t Table) string {
	return fmt.Sprintf("CREATE TABLE %[1]s (%[2]s) WITH (format = 'PARQUET', partitioned_by = ARRAY['client'], external_location = '${folder}/%[1]s');\nCALL system.sync_partition_metadata('${schema}', '%[1]s', 'FULL');\n",
		t.Name, partitioned(t, sqlType))
}
