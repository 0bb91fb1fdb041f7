# Every warning and info.

partner new --primary co.uk
partner new --primary intranet --type federated --preset dialback
partner new --primary fаbrikam.com --additional contoso.com
partner new --primary a.example --dialback true --type public-verified
partner new --primary b.example --preset opportunistic -q
partner validate
partner validate --strict a.example
partner validate -o json
partner show intranet
