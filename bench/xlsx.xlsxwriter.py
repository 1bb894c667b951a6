"""As one writes it by the manual of XlsxWriter: the same cells as xlsx.rows.js."""
import json, resource, sys, time
from datetime import datetime, timedelta
import xlsxwriter

file, count, way = sys.argv[1], int(sys.argv[2]), sys.argv[3]
started = time.perf_counter()
codes = ['INV-PRICE', 'INV-QTY-RECEIVED', 'INV-DUPLICATE', 'INV-NO-RECEIPT', 'INV-UOM', 'GRNI-AGED']
statuses = ['new', 'open', 'open', 'reopened']
facilities = ['LKCH', 'LKHB', 'LKSM', 'LKNM', 'LKRV']
headers = """Status At_risk Due Code Supplier Supplier_name Invoice PO PO_line Item What_is_wrong Decision Assignee Note Decided_by
Rule_until Proposed Facility Company Invoice_line Description Where_it_stands Severity First_seen Age Currency Exception
Row_token""".split()
options = {'constant_memory': True} if way == 'constant' else {}
book = xlsxwriter.Workbook(file, options)
sheet = book.add_worksheet('Exceptions')
head = book.add_format({'bold': True, 'bg_color': '#2E7D8C'})
money = book.add_format({'num_format': '"$"#,##0.00'})
instant = book.add_format({'num_format': 'yyyy-mm-dd hh:mm'})
sheet.freeze_panes(1, 0)
sheet.autofilter(0, 0, count, len(headers) - 1)
sheet.set_column(0, len(headers) - 1, 18)
for column, header in enumerate(headers):
    sheet.write_string(0, column, header, head)
for n in range(count):
    row = n + 1
    text = {
        0: statuses[n % 4], 3: codes[n % 6], 4: f'{10000 + n % 300:010d}', 5: f'Supplier {n % 300} of Medical Goods',
        6: f'70{n:06d}', 7: f'45{n:08d}', 8: str(1 + n % 9), 9: f'{600000 + n:08d}',
        10: f'Unit price 14.{n % 100:02d} per BX is over the PO price 12.50; tolerance 2% or 0.25, the stricter',
        17: facilities[n % 5], 18: '10', 19: str(1 + n % 4), 20: 'Glove, exam, nitrile, powder free, medium',
        21: f'invoices_1120.edi, byte {1200 + n * 431}, 44 long: IT104 = 14.20; po_lines.csv, line {n + 2}: unit_price = 12.50',
        22: 'error', 25: 'USD', 26: f'EX-{n:06d}', 27: f'{n}.1.{n * 2654435761 % 0xffffffff:012d}',
    }
    sheet.write_string(row, 0, text[0])
    sheet.write_number(row, 1, float(f'{n * 7919 % 4211}.{n * 37 % 100:02d}'), money)
    sheet.write_datetime(row, 2, datetime(2026, 11, 18, 9) + timedelta(days=n % 6), instant)
    for column in range(3, 23):
        if column in text:
            sheet.write_string(row, column, text[column])
    sheet.write_datetime(row, 23, datetime(2026, 11, 1) + timedelta(days=n % 20), instant)
    sheet.write_number(row, 24, n % 20)
    for column in range(25, 28):
        sheet.write_string(row, column, text[column])
book.close()
usage = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({'seconds': time.perf_counter() - started, 'cpu': usage.ru_utime + usage.ru_stime, 'rss': usage.ru_maxrss / 1024}))
