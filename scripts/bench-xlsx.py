"""The tables of a report's JSON as a plain workbook, by XlsxWriter: a peer of
`flowmap report --only xlsx` for the same cells.

usage: bench-xlsx.py REPORT.json WORKBOOK.xlsx
"""

import json
import sys

import xlsxwriter

source, target = sys.argv[1:]
with open(source, encoding="utf-8") as file:
    report = json.load(file)
workbook = xlsxwriter.Workbook(target, {"constant_memory": True})
for section in report["sections"]:
    sheet, row = workbook.add_worksheet(section["id"][:31]), 0
    for block in section["blocks"]:
        block = block.get("table", block)
        if "columns" not in block:
            continue
        for number, column in enumerate(block["columns"]):
            sheet.write(row, number, column["label"])
        row += 1
        for line in block.get("rows", []):
            for number, cell in enumerate(line["cells"]):
                if isinstance(cell, (int, float)):
                    sheet.write_number(row, number, cell)
                elif cell is not None:
                    sheet.write_string(row, number, str(cell)[:32767])
            row += 1
        row += 1
workbook.close()
