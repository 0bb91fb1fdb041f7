# Partners from a spreadsheet, as LibreOffice and Excel save them, and what is wrong with one.

@file import_libreoffice.csv
@file import_excel.csv
@file import_wrong.csv
partner import /tmp/golden/import_libreoffice.csv --dry-run
partner import /tmp/golden/import_libreoffice.csv -m "the list of the partners"
partner import /tmp/golden/import_excel.csv
partner import /tmp/golden/import_excel.csv -o json
partner list -o csv
partner show litwareinc.com
partner import /tmp/golden/import_wrong.csv
partner import /tmp/golden/import_wrong.csv -o json
partner import /tmp/golden/import_excel.csv --format json
partner import /tmp/golden/import_excel.csv --format xml
