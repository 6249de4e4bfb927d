package star

import (
	"database/sql"
	"fmt"
	"iter"
	"strings"

	_ "modernc.org/sqlite" // the driver: SQLite compiled to Go
)

// SQLite writes a new database of the star into a file that is not there yet. The
// same rows give the same bytes. SQLite has no decimals: such columns are NUMERIC.
func SQLite(file string, all iter.Seq[Rows]) (err error) {
	db, err := sql.Open("sqlite", "file:"+strings.NewReplacer("?", "%3f", "#", "%23", "%", "%25").Replace(file))
	if err != nil {
		return err
	}
	defer func() {
		if closed := db.Close(); err == nil {
			err = closed
		}
	}()
	db.SetMaxOpenConns(1)
	tables := Tables()
	if _, err := db.Exec("PRAGMA journal_mode = OFF; PRAGMA page_size = 4096; PRAGMA user_version = " + fmt.Sprint(Version)); err != nil {
		return err
	}
	for _, t := range tables {
		if _, err := db.Exec(create(t, sqliteType)); err != nil {
			return err
		}
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() // nothing, once it is committed
	statements := make([]*sql.Stmt, len(tables))
	for i, t := range tables {
		marks := strings.TrimSuffix(strings.Repeat("?, ", len(t.Columns)), ", ")
		if statements[i], err = tx.Prepare("INSERT INTO " + t.Name + " VALUES (" + marks + ")"); err != nil {
			return err
		}
	}
	for rows := range all {
		for i, t := range tables {
			if err := insert(statements[i], t, rows[i]); err != nil {
				return err
			}
		}
	}
	return tx.Commit()
}

func insert(into *sql.Stmt, t Table, rows []Row) error {
	args := make([]any, len(t.Columns))
	for _, row := range rows {
		for j, c := range t.Columns {
			switch v := row[j]; {
			case v.Null():
				args[j] = nil
			case c.Type == Integer, c.Type == Boolean:
				args[j] = v.n
			default:
				args[j] = v.written(c.Type) // NUMERIC makes a number of a decimal
			}
		}
		if _, err := into.Exec(args...); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	return nil
}
