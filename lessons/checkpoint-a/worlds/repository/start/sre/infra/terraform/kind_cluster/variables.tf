variable "cluster_name" {
  type    = string
  default = "sre-control-plane"
}
