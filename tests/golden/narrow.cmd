# Tables on a terminal.

partner new --primary fabrikam.com --additional corp.fabrikam.com,it.fabrikam.com --description "A long description that has to give way first" -q
partner new --primary 例子.example --description 日本語の説明はとても長いので切り詰められます -q
partner list
@columns 120
partner list
@columns 80
partner list
history
@columns 40
partner list
