package star

// The places of the tables in Tables.
const (
	clientsTable = iota
	systemsTable
	entitiesTable
	flowsTable
	scoresTable
	findingsTable
	actualsTable
)

// Tables are the tables of the star.
func Tables() []Table {
	return []Table{
		clientsTable: {"clients", "one client's audit; money is in its currency", []string{"client"}, []Column{
			{"client", Text, false, "the workspace's folder"},
			{"schema_version", Integer, false, "of these tables"},
			{"name", Text, true, "the client"},
			{"sector", Text, true, "as stated, in small letters"},
			{"size", Text, false, "micro, small, medium, large or not stated, by employees"},
			{"employees", Integer, true, ""},
			{"currency", Text, false, "ISO 4217"},
			{"audit_date", Date, true, ""},
			{"flows_by_hand", Integer, false, "flows whose hours are stated"},
			{"flows_not_stated", Integer, false, "flows whose hours nobody stated"},
			{"hours_per_week", Decimal, false, "by hand, of a normal week"},
			{"hours_per_year", Decimal, false, ""},
			{"labour_per_year", Decimal, false, "money"},
			{"error_cost_per_year", Decimal, false, "money"},
			{"benefit_per_year", Decimal, false, "money, if all flows were integrated"},
		}},
		systemsTable: {"systems", "a system of a client", []string{"client", "system"}, []Column{
			{"client", Text, false, ""},
			{"system", Text, false, "its id"},
			{"name", Text, true, ""},
			{"kind", Text, false, "erp, crm, spreadsheet and the like"},
			{"product", Text, true, "an id of the catalogue"},
			{"critical", Text, true, "yes or no"},
		}},
		entitiesTable: {"entities", "a type of data of a client", []string{"client", "entity"}, []Column{
			{"client", Text, false, ""},
			{"entity", Text, false, "its id"},
			{"name", Text, true, ""},
			{"record", Text, true, "the declared system of record"},
			{"personal_data", Text, true, ""},
		}},
		flowsTable: {"flows", "a flow of a client, integrated or not", []string{"client", "flow"}, []Column{
			{"client", Text, false, ""},
			{"flow", Text, false, "its id"},
			{"name", Text, true, ""},
			{"department", Text, true, ""},
			{"entity", Text, true, "what data"},
			{"from_system", Text, true, ""},
			{"to_system", Text, true, ""},
			{"from_kind", Text, false, "of the system; empty where there is none"},
			{"to_kind", Text, false, ""},
			{"how", Text, false, "manual, file or automated"},
			{"role", Text, true, "who carries it"},
			{"records_per_year", Decimal, true, "as stated, at the mean, peak included"},
		}},
		scoresTable: {"scores", "what a flow by hand costs, and what its own best platform would bring", []string{"client", "flow"}, []Column{
			{"client", Text, false, ""},
			{"flow", Text, false, ""},
			{"rank", Integer, true, "by payback; null where hours are not stated"},
			{"hours_per_week", Decimal, true, "of a normal week"},
			{"hours_per_year", Decimal, true, "peak included"},
			{"labour_per_year", Decimal, true, "money"},
			{"error_cost_per_year", Decimal, true, "money; 0 where nobody was asked"},
			{"benefit_per_year", Decimal, true, "money, once it runs fully"},
			{"platform", Text, true, "the client's solution, else the cheapest that fits"},
			{"tier", Text, true, ""},
			{"pattern", Text, true, ""},
			{"decided", Boolean, false, "the client has decided for the platform"},
			{"build_cost", Decimal, true, "money"},
			{"platform_per_month", Decimal, true, "money; null where the price is on request"},
			{"maintenance_per_month", Decimal, true, "money"},
			{"payback_months", Decimal, true, "from go-live; null where it never comes or is not known"},
			{"cash_payback_months", Decimal, true, "the same, on the cash benefit alone"},
			{"npv", Decimal, true, "money, over the horizon"},
			{"roi", Decimal, true, "share, over the horizon"},
		}},
		findingsTable: {"findings", "a finding of a client", []string{"client", "number"}, []Column{
			{"client", Text, false, ""},
			{"number", Integer, false, "its place, the gravest first"},
			{"finding", Text, false, "FM004"},
			{"kind", Text, false, ""},
			{"severity", Text, false, "high, medium, low or info"},
			{"accepted", Boolean, false, "the client lives with it"},
			{"flows", Integer, false, "how many flows it is about"},
			{"systems", Integer, false, "how many systems"},
			{"hours_per_week", Decimal, false, "by hand, that hang on it"},
			{"cost_per_year", Decimal, false, "money that hangs on it"},
		}},
		actualsTable: {"actuals", "a month that was measured of a flow that was promised, or what building it took, where month is null", []string{"client", "flow", "month"}, []Column{
			{"client", Text, false, ""},
			{"flow", Text, false, ""},
			{"month", Text, true, "as 2027-03; null: building"},
			{"live", Date, true, "the day of go-live"},
			{"runs", Decimal, true, "that succeeded; null without a log"},
			{"failed_runs", Decimal, true, ""},
			{"saved_hours_planned", Decimal, false, ""},
			{"saved_hours", Decimal, false, ""},
			{"errors_planned", Decimal, false, ""},
			{"errors", Decimal, false, ""},
			{"benefit_planned", Decimal, false, "money"},
			{"benefit", Decimal, false, "money"},
			{"platform_planned", Decimal, false, "money"},
			{"platform", Decimal, false, "money"},
			{"upkeep_planned", Decimal, false, "money"},
			{"upkeep", Decimal, false, "money"},
			{"build_planned", Decimal, false, "money; 0 but where month is null"},
			{"build", Decimal, false, "money; 0 but where month is null"},
		}},
	}
}
